/* SPDX-License-Identifier: MIT */
/* Words for the statuses, all out of the one list, and the library's version. */
#include <dragoman/status.h>
#include <dragoman/version.h>

#define FAMILY(name, number, family, id, sentence)                                       \
    case DGM_##name:                                                                     \
        return DGM_FAMILY_##family;
#define ID(name, number, family, id, sentence)                                           \
    case DGM_##name:                                                                     \
        return id;
#define SENTENCE(name, number, family, id, sentence)                                     \
    case DGM_##name:                                                                     \
        return sentence;
#define NAME(name, number, family, id, sentence) DGM_##name,

const char *dgm_status_id(enum dgm_status status)
{
    switch (status) {
        DGM_STATUS_LIST(ID)
    }
    return "?";
}

const char *dgm_status_text(enum dgm_status status)
{
    switch (status) {
        DGM_STATUS_LIST(SENTENCE)
    }
    return "unknown status";
}

enum dgm_family dgm_status_family(enum dgm_status status)
{
    switch (status) {
        DGM_STATUS_LIST(FAMILY)
    }
    return DGM_FAMILY_BUG;
}

bool dgm_status_at(size_t position, enum dgm_status *ret_status)
{
    static const enum dgm_status all[] = {DGM_STATUS_LIST(NAME)};
    if (position >= sizeof(all) / sizeof(all[0]))
        return false;
    *ret_status = all[position];
    return true;
}

const char *dgm_version(void)
{
    return DGM_VERSION_STRING;
}
