/* SPDX-License-Identifier: MIT */
/* Entries in block style, each with its comments. */
#include "pretty.h"

static bool is_empty(struct pretty_range range)
{
    return range.first == range.last;
}

static void put_note_text(struct pretty *pretty, const struct pretty_note *note)
{
    out_bytes(&pretty->out, pretty->text + note->from, note->to - note->from);
}

/* Comments in lines of their own. */
static void put_notes(struct pretty *pretty, struct pretty_range range, size_t indent)
{
    for (size_t i = range.first; i < range.last; i++) {
        const struct pretty_note *note = &pretty->gaps.notes[i];
        if (note->blank)
            pretty_gap(pretty);
        pretty_begin(pretty, indent);
        put_note_text(pretty, note);
    }
}

/* A comment behind something: one blank away if it was, else where it stood if there is
 * room, because comments of several lines may stand in a column. */
static void put_behind(struct pretty *pretty, struct pretty_range range)
{
    if (is_empty(range))
        return;
    const struct pretty_note *note = &pretty->gaps.notes[range.first];
    size_t column = pretty_column(pretty);
    bool near = note->from >= 2 && pretty->text[note->from - 2] != ' ';
    pretty_blanks(pretty, near || column + 1 >= note->column ? 1 : note->column - column);
    put_note_text(pretty, note);
}

/* Where the value of an entry begins, if it stands behind its key or dash. */
static size_t value_column(const struct pretty *pretty, const struct pretty_piece *piece,
                           size_t indent)
{
    return piece->key == NULL ? indent + 2
                              : indent + pretty_flat_width(piece->key, pretty) + 2;
}

static bool is_flat(const struct pretty *pretty, const struct pretty_piece *piece,
                    size_t column)
{
    return column + pretty_flat_width(piece->value, pretty) <= PRETTY_WIDTH;
}

/* Is a value in brackets to be laid out in block style? */
static bool is_expanded(const struct pretty *pretty, const struct pretty_piece *piece,
                        size_t indent)
{
    const struct node *value = piece->value;
    return piece->entries == NULL && piece->shape != NULL && value->flow &&
           value->count > 0 && is_empty(piece->head) && !pretty_is_odd(pretty, value) &&
           !is_flat(pretty, piece, value_column(pretty, piece, indent));
}

/* Does the file have the value in a line of its own? */
static bool is_own_line(const struct pretty *pretty, const struct pretty_piece *piece)
{
    return pretty_has_break(pretty, piece->start, piece->value->from);
}

/* In brackets, over several lines and not to be joined. */
static bool is_divided(const struct pretty *pretty, const struct pretty_piece *piece)
{
    const struct node *value = piece->value;
    return value->flow && piece->shape == NULL && pretty_is_divided(pretty, value);
}

/* A key with its value on one line. */
static bool is_short(const struct pretty *pretty, const struct pretty_piece *piece,
                     size_t indent)
{
    const struct node *value = piece->value;
    return piece->key != NULL && piece->entries == NULL && is_empty(piece->head) &&
           value->from != value->to && !pretty_is_odd(pretty, value) &&
           !is_divided(pretty, piece) &&
           is_flat(pretty, piece, value_column(pretty, piece, indent));
}

/* Does the file have more blanks than one before the value, so that it stands in a column
 * with that of the entry before? */
static bool is_in_column(const struct pretty *pretty, const struct pretty_piece *piece,
                         const struct pretty_piece *before)
{
    const char *text = pretty->text;
    size_t from = piece->value->from, other = before->value->from;
    bool padded = (text[from - 1] == ' ' && text[from - 2] == ' ') ||
                  (text[other - 1] == ' ' && text[other - 2] == ' ');
    return padded && pretty_column_of(pretty, from) == pretty_column_of(pretty, other) &&
           !is_own_line(pretty, piece) && !is_own_line(pretty, before);
}

static bool is_below_gap(const struct pretty *pretty, const struct pretty_piece *piece)
{
    return piece->blank ||
           (!is_empty(piece->lead) && pretty->gaps.notes[piece->lead.first].blank);
}

/* Columns of values: where two of some short entries in a row are in a column, all are.
 * `pads` are blanks behind each key, in the order of printing. */
static void align_run(const struct pretty *pretty, const struct pretty_piece *piece,
                      size_t first, size_t last, size_t indent, size_t *pads)
{
    size_t width = 0;
    bool padded = false;
    for (size_t i = first; i < last; i++) {
        const struct pretty_piece *entry = &piece->entries[piece->order[i]];
        size_t key = pretty_flat_width(entry->key, pretty);
        width = key > width ? key : width;
        padded =
            padded || (i > first &&
                       is_in_column(pretty, entry, &piece->entries[piece->order[i - 1]]));
    }
    for (size_t i = first; i < last; i++)
        padded = padded &&
                 is_flat(pretty, &piece->entries[piece->order[i]], indent + width + 2);
    for (size_t i = first; padded && i < last; i++)
        pads[i] = width - pretty_flat_width(piece->entries[piece->order[i]].key, pretty);
}

static size_t *align(const struct pretty *pretty, const struct pretty_piece *piece,
                     size_t indent)
{
    size_t count = piece->value->count;
    size_t *pads = arena_array(pretty->arena, count, sizeof(*pads));
    for (size_t first = 0; first < count; first++) {
        size_t last = first;
        while (
            last < count &&
            is_short(pretty, &piece->entries[piece->order[last]], indent) &&
            (last == first || !is_below_gap(pretty, &piece->entries[piece->order[last]])))
            last++;
        align_run(pretty, piece, first, last, indent, pads);
        first = last > first ? last - 1 : first;
    }
    return pads;
}

static void put_entries(struct pretty *pretty, const struct pretty_piece *piece,
                        size_t indent, bool joined);

static const struct pretty_piece *first_of(const struct pretty_piece *piece)
{
    return &piece->entries[piece->order[0]];
}

static void put_level(struct pretty *pretty, const struct pretty_piece *piece,
                      size_t indent)
{
    bool joined =
        piece->key == NULL && is_empty(piece->head) && is_empty(first_of(piece)->lead);
    if (joined)
        pretty_blanks(pretty, 1);
    put_behind(pretty, piece->head);
    pretty->opened = true;
    put_entries(pretty, piece, indent + PRETTY_STEP, joined);
}

/* What is only copied moves with its first line, if that is its own, or with its entry.
 */
static void put_copy(struct pretty *pretty, const struct pretty_piece *piece,
                     size_t indent)
{
    const struct node *value = piece->value;
    bool is_block = value->kind != NODE_SCALAR && !value->flow;
    bool own = is_block || is_own_line(pretty, piece);
    size_t to = own ? pretty_column(pretty) : indent;
    size_t from = pretty_column_of(pretty, own ? value->from : piece->start);
    pretty_copy(pretty, value, (long)to - (long)from);
}

static void put_plain(struct pretty *pretty, const struct pretty_piece *piece,
                      size_t indent)
{
    if (pretty_is_odd(pretty, piece->value))
        put_copy(pretty, piece, indent);
    else if (is_divided(pretty, piece) ||
             (piece->value->flow && !is_flat(pretty, piece, pretty_column(pretty))))
        pretty_put_lines(pretty, piece->value);
    else
        pretty_put_flat(pretty, piece->value, piece->shape);
}

/* Is the value to stand in a line of its own? */
static bool goes_down(const struct pretty *pretty, const struct pretty_piece *piece,
                      size_t indent)
{
    const struct node *value = piece->value;
    bool own = is_own_line(pretty, piece);
    if (pretty_is_odd(pretty, value) || is_divided(pretty, piece))
        return own;
    if (is_flat(pretty, piece, value_column(pretty, piece, indent)))
        return false;
    return piece->key != NULL && (value->flow || own);
}

/* A value without entries of its own. */
static void put_value(struct pretty *pretty, const struct pretty_piece *piece,
                      size_t indent, size_t pad)
{
    struct pretty_range head = piece->head;
    bool down = !is_empty(head);
    if (down && pretty->gaps.notes[head.first].behind) {
        put_behind(pretty, (struct pretty_range){head.first, head.first + 1});
        head.first++;
    }
    put_notes(pretty, head, indent + PRETTY_STEP);
    if (piece->value->from == piece->value->to)
        return;
    if (down || goes_down(pretty, piece, indent))
        pretty_begin(pretty, indent + PRETTY_STEP);
    else
        pretty_blanks(pretty, 1 + pad);
    put_plain(pretty, piece, indent);
}

static void put_entry(struct pretty *pretty, struct pretty_piece *piece, size_t indent,
                      size_t pad)
{
    if (is_expanded(pretty, piece, indent)) {
        pretty_expand(pretty->arena, piece);
        piece->tail.last = piece->tail.first;
    }
    if (piece->key != NULL)
        pretty_copy(pretty, piece->key, 0);
    out_text(&pretty->out, piece->key != NULL ? ":" : "-");
    if (piece->entries != NULL)
        put_level(pretty, piece, indent);
    else
        put_value(pretty, piece, indent, pad);
    put_behind(pretty, piece->tail);
}

/* `joined`: the first one stands behind a dash. */
static void put_entries(struct pretty *pretty, const struct pretty_piece *piece,
                        size_t indent, bool joined)
{
    const size_t *pads = align(pretty, piece, indent);
    for (size_t i = 0; i < piece->value->count; i++) {
        struct pretty_piece *entry = &piece->entries[piece->order[i]];
        put_notes(pretty, entry->lead, indent);
        /* What stands behind a value that takes many lines now, stands above them. */
        if (is_expanded(pretty, entry, indent))
            put_notes(pretty, entry->tail, indent);
        if (entry->blank && !(i == 0 && joined))
            pretty_gap(pretty);
        if (i > 0 || !joined)
            pretty_begin(pretty, indent);
        put_entry(pretty, entry, indent, pads[i]);
    }
    put_notes(pretty, piece->foot, indent);
}

void pretty_put_root(struct pretty *pretty, struct pretty_piece *root)
{
    const struct node *value = root->value;
    if (value->flow && value->count > 0 && !pretty_is_odd(pretty, value))
        pretty_expand(pretty->arena, root);
    put_notes(pretty, root->head, 0);
    /* What stands at the top is about the file, whichever key is the first. */
    struct pretty_range foot = root->foot;
    root->foot.last = root->foot.first;
    if (root->entries != NULL) {
        put_notes(pretty, root->entries[0].lead, 0);
        root->entries[0].lead.last = root->entries[0].lead.first;
        put_entries(pretty, root, 0, false);
    } else {
        pretty_begin(pretty, 0);
        pretty_copy(pretty, value, 0);
    }
    put_behind(pretty, root->tail);
    put_notes(pretty, foot, 0);
    if (pretty->out.length > 0 && pretty->out.text[pretty->out.length - 1] != '\n')
        out_bytes(&pretty->out, "\n", 1);
}
