/* SPDX-License-Identifier: MIT */
/*
 * dragoman-gen: a profile in, C tables out. Made for build systems: nothing on standard
 * output unless asked for, diagnostics on standard error, a depfile, and exit codes that
 * tell a wrong profile from a wrong call.
 */
#include <dragoman/profile.h>
#include <dragoman/version.h>
#include "gen_files.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum exit_code {
    EXIT_FINE = 0,
    EXIT_WRONG = 1,  /* the profile has errors */
    EXIT_USAGE = 2,  /* the call is wrong */
    EXIT_CANNOT = 3, /* a file or memory could not be had */
    EXIT_BUG = 70
};

static const char help_text[] =
    "Examples:\n"
    "  dragoman-gen profiles/acme/wm-100.yaml\n"
    "  dragoman-gen --c meter.c --h meter.h --depfile meter.d acme-meter.yaml\n"
    "\n"
    "usage: dragoman-gen [options] PROFILE.yaml\n"
    "\n"
    "Compiles a device profile to C tables. Without --c, --h and --manifest it writes\n"
    "<maker>-<model>.dgm.c and .dgm.h.\n"
    "\n"
    "  -o DIR                 folder for files that have no name (default: here)\n"
    "      --c FILE           write the C source to FILE\n"
    "      --h FILE           write the header to FILE\n"
    "      --manifest FILE    write the plug-in's description, JSON, to FILE\n"
    "      --model NAME       tables of this model only, of a profile with several\n"
    "      --no-source        a plug-in made of the C source does not keep the profile\n"
    "      --depfile FILE     write a rule of make with what the outputs depend on\n"
    "      --check            look for errors and notes only, write nothing\n"
    "      --print-outputs    print the names of the files, write nothing\n"
    "      --error-format FORMAT\n"
    "                         text (default) or json, one object a line\n"
    "  -h, --help             this text\n"
    "  -V, --version          the version\n"
    "\n"
    "Exit codes: 0 fine, 1 the profile has errors, 2 the call is wrong, 3 a file cannot\n"
    "be read or written, 70 an error in dragoman-gen: please report it.\n";

struct arguments {
    struct gen_files files;
    const char *model; /* or NULL: all */
    bool check, print_outputs, json, help, version;
};

enum option_key {
    OPTION_C = 256,
    OPTION_H,
    OPTION_MANIFEST,
    OPTION_MODEL,
    OPTION_NO_SOURCE,
    OPTION_DEPFILE,
    OPTION_CHECK,
    OPTION_PRINT_OUTPUTS,
    OPTION_ERROR_FORMAT
};

static const struct option options[] = {
    {"c", required_argument, NULL, OPTION_C},
    {"h", required_argument, NULL, OPTION_H},
    {"manifest", required_argument, NULL, OPTION_MANIFEST},
    {"model", required_argument, NULL, OPTION_MODEL},
    {"no-source", no_argument, NULL, OPTION_NO_SOURCE},
    {"depfile", required_argument, NULL, OPTION_DEPFILE},
    {"check", no_argument, NULL, OPTION_CHECK},
    {"print-outputs", no_argument, NULL, OPTION_PRINT_OUTPUTS},
    {"error-format", required_argument, NULL, OPTION_ERROR_FORMAT},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

static bool take_error_format(struct arguments *arguments, const char *word)
{
    if (strcmp(word, "json") != 0 && strcmp(word, "text") != 0) {
        (void)fprintf(
            stderr, "dragoman-gen: --error-format is 'text' or 'json', not '%s'\n", word);
        return false;
    }
    arguments->json = strcmp(word, "json") == 0;
    return true;
}

static bool take_option(struct arguments *arguments, int key)
{
    switch (key) {
    case 'o':
        arguments->files.directory = optarg;
        return true;
    case OPTION_C:
        arguments->files.source = optarg;
        return true;
    case OPTION_H:
        arguments->files.header = optarg;
        return true;
    case OPTION_MANIFEST:
        arguments->files.manifest = optarg;
        return true;
    case OPTION_MODEL:
        arguments->model = optarg;
        return true;
    case OPTION_NO_SOURCE:
        arguments->files.without_profile = true;
        return true;
    case OPTION_DEPFILE:
        arguments->files.depfile = optarg;
        return true;
    case OPTION_CHECK:
        arguments->check = true;
        return true;
    case OPTION_PRINT_OUTPUTS:
        arguments->print_outputs = true;
        return true;
    case OPTION_ERROR_FORMAT:
        return take_error_format(arguments, optarg);
    case 'h':
        arguments->help = true;
        return true;
    case 'V':
        arguments->version = true;
        return true;
    default:
        return false;
    }
}

static bool parse_arguments(int argc, char **argv, struct arguments *arguments)
{
    memset(arguments, 0, sizeof(*arguments));
    for (;;) {
        int key = getopt_long(argc, argv, "o:hV", options, NULL);
        if (key == -1) {
            break;
        }
        if (!take_option(arguments, key)) {
            return false;
        }
    }
    if (arguments->help || arguments->version) {
        return true;
    }
    if (argc - optind != 1) {
        (void)fprintf(stderr, "dragoman-gen: expected one profile, found %d\n",
                      argc - optind);
        return false;
    }
    arguments->files.profile = argv[optind];
    return true;
}

static void put_json_text(const char *name, const char *text)
{
    (void)fprintf(stderr, "\"%s\":\"", name);
    for (; *text != '\0'; text++) {
        unsigned char character = (unsigned char)*text;
        if (character == '"' || character == '\\') {
            (void)fprintf(stderr, "\\%c", character);
        } else if (character < 0x20) {
            (void)fprintf(stderr, "\\u%04x", character);
        } else {
            (void)fputc(character, stderr);
        }
    }
    (void)fputs("\"", stderr);
}

static void print_json(const struct dgm_diagnostic *diagnostic)
{
    static const char *const severities[] = {
        [DGM_SEVERITY_ERROR] = "error",
        [DGM_SEVERITY_WARNING] = "warning",
        [DGM_SEVERITY_NOTE] = "note",
    };
    (void)fputs("{", stderr);
    put_json_text("file", diagnostic->file);
    (void)fprintf(stderr, ",\"line\":%u,\"column\":%u,\"width\":%u,", diagnostic->line,
                  diagnostic->column, diagnostic->width);
    put_json_text("severity", severities[diagnostic->severity]);
    (void)fputs(",", stderr);
    put_json_text("rule", diagnostic->rule);
    (void)fputs(",", stderr);
    put_json_text("text", diagnostic->text);
    (void)fputs("}\n", stderr);
}

static void print_text(const struct dgm_diagnostic *diagnostic)
{
    size_t size = dgm_diagnostic_render(diagnostic, /* caret */ true, NULL, 0) + 1;
    char *text = malloc(size);
    if (text != NULL) {
        (void)dgm_diagnostic_render(diagnostic, /* caret */ true, text, size);
        (void)fputs(text, stderr);
    }
    free(text);
}

/* In a build notes are noise: they are for who asks with --check. */
static void print_diagnostics(const struct dgm_profile *profile, bool json, bool notes)
{
    size_t kept = 0;
    for (size_t i = 0; dgm_profile_diagnostic(profile, i) != NULL; i++) {
        const struct dgm_diagnostic *diagnostic = dgm_profile_diagnostic(profile, i);
        kept += diagnostic->severity == DGM_SEVERITY_ERROR ? 1 : 0;
        if (diagnostic->severity == DGM_SEVERITY_NOTE && !notes) {
            continue;
        }
        if (json) {
            print_json(diagnostic);
        } else {
            print_text(diagnostic);
        }
    }
    size_t errors = dgm_profile_error_count(profile);
    if (!json && errors > kept) {
        (void)fprintf(stderr, "dragoman-gen: %zu errors, the first %zu are shown\n",
                      errors, kept);
    }
}

static enum exit_code write_outputs(struct arguments *arguments,
                                    struct dgm_profile *profile)
{
    if (arguments->check) {
        return EXIT_FINE;
    }
    if (dgm_profile_c_source(profile) == NULL || dgm_profile_c_header(profile) == NULL) {
        (void)fputs("dragoman-gen: the profile gave no tables; please report this\n",
                    stderr);
        return EXIT_BUG;
    }
    if (!gen_files_name(&arguments->files, dgm_profile_stem(profile))) {
        (void)fputs("dragoman-gen: no memory\n", stderr);
        return EXIT_CANNOT;
    }
    if (arguments->print_outputs) {
        gen_files_print(&arguments->files);
        return fflush(stdout) == 0 ? EXIT_FINE : EXIT_CANNOT;
    }
    return gen_files_write(&arguments->files, profile) ? EXIT_FINE : EXIT_CANNOT;
}

static enum exit_code compile(struct arguments *arguments)
{
    struct dgm_profile *profile = NULL;
    enum exit_code code;
    enum dgm_status status =
        dgm_profile_load_model(arguments->files.profile, arguments->model, &profile);
    if (profile != NULL) {
        print_diagnostics(profile, arguments->json, arguments->check);
    }
    switch (status) {
    case DGM_OK:
        code = write_outputs(arguments, profile);
        break;
    case DGM_NOTHING:
        code = arguments->check ? EXIT_FINE : EXIT_WRONG;
        if (!arguments->check) {
            (void)fprintf(
                stderr,
                "dragoman-gen: '%s' has parts for profiles to include: no tables\n",
                arguments->files.profile);
        }
        break;
    case DGM_PROFILE:
        code = EXIT_WRONG;
        break;
    case DGM_IO:
        code = EXIT_CANNOT;
        break;
    case DGM_MEMORY:
        (void)fputs("dragoman-gen: no memory\n", stderr);
        code = EXIT_CANNOT;
        break;
    default:
        (void)fprintf(stderr, "dragoman-gen: unexpected status %d; please report this\n",
                      (int)status);
        code = EXIT_BUG;
        break;
    }
    gen_files_free(&arguments->files);
    dgm_profile_close(profile);
    return code;
}

int main(int argc, char **argv)
{
    struct arguments arguments;
    if (!parse_arguments(argc, argv, &arguments)) {
        (void)fputs("try 'dragoman-gen --help'\n", stderr);
        return EXIT_USAGE;
    }
    if (arguments.help) {
        (void)fputs(help_text, stdout);
    } else if (arguments.version) {
        (void)puts("dragoman-gen " DGM_VERSION_STRING);
    } else {
        return (int)compile(&arguments);
    }
    return fflush(stdout) == 0 ? EXIT_FINE : EXIT_CANNOT;
}
