/* SPDX-License-Identifier: MIT */
#include "grow.h"

#include <stdint.h>
#include <string.h>

enum { SIZE_MOST = 4096 }; /* a size beyond was never set */

bool grow_copy(const void *options, size_t least, void *known, size_t known_size)
{
    size_t size = 0;
    if (options == NULL) {
        return true;
    }
    memcpy(&size, options, sizeof(size));
    if (size < least || size > SIZE_MOST) {
        return false;
    }
    for (size_t i = known_size; i < size; i++) {
        if (((const uint8_t *)options)[i] != 0) {
            return false;
        }
    }
    memcpy(known, options, size < known_size ? size : known_size);
    memcpy(known, &known_size, sizeof(known_size));
    return true;
}
