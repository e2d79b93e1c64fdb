/* SPDX-License-Identifier: MIT */
/*
 * A device's own firmware, with nothing of Dragoman in it but two generated files: the
 * report goes up, a command comes down and is answered. A real device has a radio where
 * this one prints.
 *
 *   dragoman export --to firmware acme-wm-100.yaml
 *   cc main.c acme_wm_100.c
 *   ./a.out
 */
#include "acme_wm_100.h"

#include <stdio.h>

static uint16_t period = 60;

static void send(const uint8_t *frame, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        printf("%02X", (unsigned)frame[i]);
    }
    puts("");
}

static void fail(enum acme_wm_100_status status, const struct acme_wm_100_fault *fault)
{
    printf("status %d, field %d, byte %zu\n", (int)status, (int)fault->field, fault->at);
}

/* 12.345 m3 are 12345 raw: the header has the scale. */
static void report(uint32_t litres, uint8_t tenths_of_volt)
{
    uint8_t frame[ACME_WM_100_REPORT_FRAME_MAX];
    size_t length = 0;
    struct acme_wm_100_fault fault;
    const struct acme_wm_100_report report = {
        .flow = litres,
        .voltage = tenths_of_volt,
        .valve = ACME_WM_100_REPORT_VALVE_OPEN,
        .leak = true,
    };
    enum acme_wm_100_status status =
        acme_wm_100_encode_report(&report, frame, sizeof(frame), &length, &fault);
    if (status == ACME_WM_100_OK) {
        send(frame, length);
    } else {
        fail(status, &fault);
    }
}

static void answer(uint16_t mid)
{
    uint8_t frame[ACME_WM_100_SET_PERIOD_RSP_FRAME_MAX];
    size_t length = 0;
    struct acme_wm_100_fault fault;
    const struct acme_wm_100_set_period_rsp response = {
        .mid = mid,
        .errcode = 0,
        .minutes = period,
    };
    enum acme_wm_100_status status = acme_wm_100_encode_set_period_rsp(
        &response, frame, sizeof(frame), &length, &fault);
    if (status == ACME_WM_100_OK) {
        send(frame, length);
    } else {
        fail(status, &fault);
    }
}

static void receive(const uint8_t *frame, size_t length)
{
    struct acme_wm_100_down down;
    struct acme_wm_100_fault fault;
    enum acme_wm_100_status status = acme_wm_100_decode(frame, length, 0, &down, &fault);
    if (status != ACME_WM_100_OK) {
        fail(status, &fault);
        return;
    }
    switch (down.message) {
    case ACME_WM_100_MESSAGE_SET_PERIOD:
        period = down.of.set_period.minutes;
        printf("reports every %u minutes\n", (unsigned)period);
        answer(down.of.set_period.mid);
        break;
    default:
        puts("acknowledged");
        break;
    }
}

int main(void)
{
    static const uint8_t command[] = {0x81, 0x07, 0xE0, 0x00, 0x3C};
    static const uint8_t wrong[] = {0x81, 0x07, 0xE0, 0x05, 0xA1};
    static const uint8_t acknowledgement[] = {0x80, 0x00};

    report(12345, 36);
    receive(command, sizeof(command));
    receive(wrong, sizeof(wrong)); /* 1441 minutes are more than the profile allows */
    receive(acknowledgement, sizeof(acknowledgement));
    return 0;
}
