/* SPDX-License-Identifier: MIT */
#include "tell.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void tell(const void *message, size_t size)
{
    ssize_t sent = 0;
    do {
        sent = write(WIRE_SOCKET, message, size);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0 || (size_t)sent != size) {
        _exit(1);
    }
}

void give_up(const char *format, ...)
{
    struct wire_refused refused;
    va_list arguments;
    memset(&refused, 0, sizeof(refused));
    refused.head.kind = WIRE_REFUSED;
    va_start(arguments, format);
    (void)vsnprintf(refused.text, sizeof(refused.text), format, arguments);
    va_end(arguments);
    tell(&refused, sizeof(refused));
    _exit(1);
}
