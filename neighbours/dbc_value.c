/* SPDX-License-Identifier: MIT */
/*
 * Values with texts are an enum where all the rest is plain numbers, and else raw values
 * that are no reading. Whether a profile can hold it all is not guessed: the compiler is
 * asked, and what it cannot hold is left out piece by piece.
 */
#include "dbc_value.h"
#include "dbc_text.h"

#include <stdlib.h>
#include <string.h>

/* A signal whose value is being settled. */
struct settling {
    struct dbc *dbc;
    struct dbc_signal *signal;
};

static void warn(const struct settling *settling, const char *text, const char *why)
{
    const struct dbc_signal *signal = settling->signal;
    dbc_tell(settling->dbc, DGM_SEVERITY_WARNING, &signal->place, "'%.*s': %s%s",
             DBC_SHOWN(signal->name), text, why);
}

/* The largest and the smallest raw value, which is negative or 0. */
static uint64_t most_of(const struct dbc_signal *signal)
{
    unsigned bits = signal->size - signal->is_signed;
    return bits == 0 ? 0 : UINT64_MAX >> (64 - bits);
}

static uint64_t least_of(const struct dbc_signal *signal)
{
    return signal->is_signed ? (uint64_t)1 << (signal->size - 1) : 0;
}

static int compare_labels(const void *left, const void *right)
{
    const struct dbc_label *a = left, *b = right;
    int order = (a->magnitude > b->magnitude) - (a->magnitude < b->magnitude);
    if (a->negative != b->negative) {
        return a->negative ? -1 : 1;
    }
    order = a->negative ? -order : order;
    return order != 0 ? order : (a->text.at > b->text.at) - (a->text.at < b->text.at);
}

/* In the order of their keys, without those that there cannot be. */
static void settle_labels(const struct settling *settling)
{
    struct dbc_signal *signal = settling->signal;
    struct dbc_label *labels = settling->dbc->labels + signal->labels.at;
    size_t kept = 0, beyond = 0, doubled = 0;
    for (size_t i = 0; i < signal->labels.count; i++) {
        labels[i].negative = labels[i].negative && labels[i].magnitude > 0;
    }
    if (signal->labels.count > 0) {
        qsort(labels, signal->labels.count, sizeof(*labels), compare_labels);
    }
    for (size_t i = 0; i < signal->labels.count; i++) {
        uint64_t most = labels[i].negative ? least_of(signal) : most_of(signal);
        if (labels[i].magnitude > most) {
            beyond++;
        } else if (kept > 0 && labels[kept - 1].magnitude == labels[i].magnitude &&
                   labels[kept - 1].negative == labels[i].negative) {
            doubled++;
        } else {
            labels[kept++] = labels[i];
        }
    }
    signal->labels.count = kept;
    if (beyond > 0) {
        warn(settling, "texts of values that it cannot have are left out", "");
    }
    if (doubled > 0) {
        warn(settling, "of two texts for one value the first counts", "");
    }
}

/* Does the limit let through all that the signal can carry at that end? */
static bool is_idle(const struct dbc_signal *signal, const struct dbc_number *factor,
                    const struct dbc_number *offset, const struct dbc_number *limit,
                    bool is_upper)
{
    bool takes_least = is_upper == factor->negative;
    struct dbc_number raw = {takes_least, 0, 0}, end;
    int order = 0;
    raw.digits = takes_least ? least_of(signal) : most_of(signal);
    if (signal->form != DBC_INTEGER || !dbc_number_line(&raw, factor, offset, &end) ||
        !dbc_number_compare(limit, &end, &order)) {
        return false;
    }
    return is_upper ? order >= 0 : order <= 0;
}

/* "min..max", with neither if it does not limit anything. */
static void settle_valid(const struct settling *settling, const struct dbc_number *factor,
                         const struct dbc_number *offset, struct dbc_value *value)
{
    const struct dbc_signal *signal = settling->signal;
    struct dbc_number min, max;
    char low[DBC_NUMBER_SIZE] = "", high[DBC_NUMBER_SIZE] = "";
    int order = 0;
    if (!dbc_number_read(signal->min, &min) || !dbc_number_read(signal->max, &max) ||
        !dbc_number_compare(&min, &max, &order)) {
        warn(settling, "its range cannot be kept: ", "a number with too many digits");
        return;
    }
    if (order > 0) {
        warn(settling, "its range cannot be kept: from ", "a larger to a smaller value");
        return;
    }
    if (order == 0 && max.digits == 0) {
        return; /* 0|0 is how none is written */
    }
    if (!is_idle(signal, factor, offset, &min, false)) {
        dbc_number_write(&min, low);
    }
    if (!is_idle(signal, factor, offset, &max, true)) {
        dbc_number_write(&max, high);
    }
    if (low[0] != '\0' || high[0] != '\0') {
        (void)snprintf(value->valid, sizeof(value->valid), "%s..%s", low, high);
    }
}

/* "u12" */
static void put_type(FILE *file, const struct dbc_signal *signal)
{
    char letter = signal->form != DBC_INTEGER ? 'f' : signal->is_signed ? 'i' : 'u';
    (void)fprintf(file, "%c%u", letter, signal->size);
}

/* Every value has a text. */
static bool is_complete(const struct dbc_signal *signal)
{
    return signal->size <= 16 && signal->labels.count == (size_t)1 << signal->size;
}

static void put_labels(FILE *file, const struct dbc *dbc, const struct dbc_signal *signal,
                       const struct dbc_value *value)
{
    bool is_enum =
        value->scale[0] == '\0' && value->offset[0] == '\0' && value->valid[0] == '\0';
    (void)fprintf(file, ", %s: {", is_enum ? "enum" : "invalid");
    for (size_t i = 0; i < signal->labels.count; i++) {
        const struct dbc_label *label = &dbc->labels[signal->labels.at + i];
        (void)fprintf(file, "%s%s%llu: ", i > 0 ? ", " : "", label->negative ? "-" : "",
                      (unsigned long long)label->magnitude);
        dbc_text_put(file, label->text);
    }
    (void)fprintf(file, "}%s",
                  is_enum && !is_complete(signal) ? ", unknown: number" : "");
}

void dbc_value_put(FILE *file, const struct dbc *dbc, const struct dbc_signal *signal,
                   const struct dbc_value *value, const char *order)
{
    (void)fputs("type: ", file);
    put_type(file, signal);
    (void)fputs(order, file);
    if (value->scale[0] != '\0') {
        (void)fprintf(file, ", scale: %s", value->scale);
    }
    if (value->offset[0] != '\0') {
        (void)fprintf(file, ", offset: %s", value->offset);
    }
    if (value->is_rounded) {
        (void)fputs(", decimals: 19", file);
    }
    if (value->has_labels) {
        put_labels(file, dbc, signal, value);
    }
    if (value->valid[0] != '\0') {
        (void)fprintf(file, ", valid: %s, outside: warn", value->valid);
    }
    if (dbc_text_says(signal->unit)) {
        (void)fputs(", unit: ", file);
        dbc_text_put(file, signal->unit);
    }
    if (dbc_text_says(signal->comment)) {
        (void)fputs(", description: ", file);
        dbc_text_put(file, signal->comment);
    }
}

/* A profile with nothing but the signal. */
static bool write_trial(FILE *file, const struct dbc *dbc,
                        const struct dbc_signal *signal, const struct dbc_value *value)
{
    unsigned bytes = (signal->size + 7u) / 8, left = bytes * 8 - signal->size;
    (void)fprintf(file,
                  "dragoman: 1\n"
                  "product: {manufacturer_id: a, manufacturer_name: a, model: a, "
                  "device_type: a, protocol_type: CAN}\n"
                  "messages:\n  a:\n    fields:\n"
                  "      - bits: bytes(%u)\n        fields:\n          - {name: a, ",
                  bytes);
    dbc_value_put(file, dbc, signal, value, "");
    (void)fputs("}\n", file);
    if (left > 0) {
        (void)fprintf(file, "          - {reserved: u%u}\n", left);
    }
    return ferror(file) == 0;
}

/* Why a profile cannot hold it; `rule` is empty if it can. */
struct trial {
    char rule[64], text[256];
};

static void keep_reason(const struct dgm_profile *profile, struct trial *ret)
{
    size_t position = 0;
    const struct dgm_diagnostic *found;
    while ((found = dgm_profile_diagnostic(profile, position++)) != NULL) {
        if (found->severity == DGM_SEVERITY_ERROR) {
            (void)snprintf(ret->rule, sizeof(ret->rule), "%s", found->rule);
            (void)snprintf(ret->text, sizeof(ret->text), "%s", found->text);
            return;
        }
    }
}

static enum dgm_status try_value(const struct settling *settling,
                                 const struct dbc_value *value, struct trial *ret)
{
    struct dgm_profile *profile = NULL;
    enum dgm_status status = DGM_MEMORY;
    char *text = NULL;
    size_t length = 0;
    memset(ret, 0, sizeof(*ret));
    FILE *file = open_memstream(&text, &length);
    if (file == NULL) {
        return DGM_MEMORY;
    }
    bool good = write_trial(file, settling->dbc, settling->signal, value);
    good = fclose(file) == 0 && good;
    if (good) {
        status = dgm_profile_parse("signal", text, length, &profile);
    }
    if (status == DGM_PROFILE) {
        keep_reason(profile, ret);
    }
    dgm_profile_close(profile);
    free(text);
    return status == DGM_PROFILE ? DGM_OK : status;
}

/* Give up what may be why the compiler refused. False if there is nothing left. */
static bool retreat(const struct settling *settling, const struct trial *trial,
                    struct dbc_value *value)
{
    if (strcmp(trial->rule, "needs-decimals") == 0 && !value->is_rounded) {
        warn(settling, "its value is rounded to 19 decimals", "");
        value->is_rounded = true;
    } else if (value->valid[0] != '\0') {
        warn(settling, "its range cannot be kept: ", trial->text);
        value->valid[0] = '\0';
    } else if (value->has_labels) {
        warn(settling, "the texts of its values cannot be kept: ", trial->text);
        value->has_labels = false;
    } else {
        warn(settling, "it cannot be described and is left out: ", trial->text);
        settling->signal->is_lost = true;
        return false;
    }
    return true;
}

static bool is_plain(const struct dbc_value *value)
{
    return value->scale[0] == '\0' && value->offset[0] == '\0' &&
           value->valid[0] == '\0' && !value->has_labels;
}

static bool settle_line(const struct settling *settling, struct dbc_value *value,
                        struct dbc_number *factor, struct dbc_number *offset)
{
    struct dbc_signal *signal = settling->signal;
    if (!dbc_number_read(signal->factor, factor) ||
        !dbc_number_read(signal->offset, offset) || factor->digits == 0) {
        warn(settling, "it cannot be described and is left out: ",
             factor->digits == 0 ? "its factor is 0"
                                 : "its factor or offset has too many digits");
        signal->is_lost = true;
        return false;
    }
    if (!dbc_number_is(factor, 1)) {
        dbc_number_write(factor, value->scale);
    }
    if (offset->digits != 0) {
        dbc_number_write(offset, value->offset);
    }
    return true;
}

bool dbc_value_settle(struct dbc *dbc, struct dbc_signal *signal, struct dbc_value *ret)
{
    struct settling settling = {dbc, signal};
    struct dbc_number factor, offset;
    struct trial trial;
    memset(ret, 0, sizeof(*ret));
    if (!settle_line(&settling, ret, &factor, &offset)) {
        return true;
    }
    settle_labels(&settling);
    ret->has_labels = signal->labels.count > 0;
    if (ret->has_labels && signal->form != DBC_INTEGER) {
        warn(&settling, "the texts of its values cannot be kept: ", "it is a float");
        ret->has_labels = false;
    }
    if (!signal->selects) { /* of a multiplexor the cases say which values there are */
        settle_valid(&settling, &factor, &offset, ret);
    } else if (ret->has_labels && (ret->scale[0] != '\0' || ret->offset[0] != '\0')) {
        warn(&settling, "the texts of its values cannot be kept: ",
             "it is a multiplexor with a factor or an offset");
        ret->has_labels = false;
    }
    while (!is_plain(ret) && !signal->is_lost) {
        if (try_value(&settling, ret, &trial) != DGM_OK) {
            return false;
        }
        if (trial.rule[0] == '\0' || !retreat(&settling, &trial, ret)) {
            break;
        }
    }
    return true;
}
