# SPDX-License-Identifier: MIT

# a header and a source, called after the product
$ dragoman export --to firmware meter.yaml; ls example_meter_1.*
example_meter_1.c
example_meter_1.h
! wrote example_meter_1.h
! wrote example_meter_1.c
$ sed -n '/^struct example_meter_1_report {/,/^};/p' example_meter_1.h
struct example_meter_1_report {
    uint16_t flow; /* Meter.flow = raw / 1000, m3 */
    uint8_t valve; /* Meter.valve */
};
$ sed -n '/_encode_report(/,/^}/p' example_meter_1.c
enum example_meter_1_status example_meter_1_encode_report(
    const struct example_meter_1_report *in, uint8_t *frame, size_t size, size_t *length,
    struct example_meter_1_fault *fault)
{
    struct writer w = {frame, size, 0U, 0U, false, EXAMPLE_METER_1_OK, EXAMPLE_METER_1_FIELD_NONE};
~
    (void)in;
    put_be(&w, UINT32_C(0x1), 1U);
    put_be(&w, (uint32_t)in->flow, 2U);
    require(&w, ((in->valve <= 1U)),
        EXAMPLE_METER_1_RANGE, EXAMPLE_METER_1_FIELD_REPORT_VALVE);
    put_be(&w, (uint32_t)in->valve, 1U);
    require(&w, w.end <= 4U,
        EXAMPLE_METER_1_LENGTH, EXAMPLE_METER_1_FIELD_NONE);
    if (w.status == EXAMPLE_METER_1_OK) {
        require(&w, fits_report(w.bytes, w.end),
            EXAMPLE_METER_1_NO_MESSAGE, EXAMPLE_METER_1_FIELD_NONE);
    }
    return finish_writing(&w, length, fault);
}

# into a folder, and by another name
$ mkdir src; dragoman export --to firmware -o src meter.yaml; dragoman export -q --to firmware -o src/meter meter.yaml; ls src; sed -n "s:^#include:includes:p" src/meter.c
example_meter_1.c
example_meter_1.h
meter.c
meter.h
includes "meter.h"
! wrote src/example_meter_1.h
! wrote src/example_meter_1.c
$ dragoman export --to firmware -o - meter.yaml
! dragoman: error: two files are not written to standard output
! try 'dragoman export --help'
? 2
$ dragoman export --to firmware -o none/meter meter.yaml
! dragoman: error: cannot write 'none/meter.h': No such file or directory
? 3

$ dragoman export --to firmware -o 'a"b' meter.yaml
! dragoman: error: no source can include a file of this name
? 3

# the same profile gives the same bytes
$ dragoman export -q --to firmware -o src meter.yaml; cmp src/example_meter_1.c example_meter_1.c

# what firmware cannot hold is told, with its place, and left out
$ printf '%s\n' 'dragoman: 1' 'product: {manufacturer_id: Acme, model: Half}' 'hooks: {open: {output_limit: 10}}' 'messages:' '  report: {match: {port: 1}, fields: [{name: level, type: u8}]}' '  sealed: {hook: open, match: {port: 2}, fields: [{name: flow, type: u8}]}' >half.yaml; dragoman export --to firmware half.yaml
! half.yaml: warning: message 'sealed' is left out: (group): hooks have no place in firmware
! wrote acme_half.h
! wrote acme_half.c

# nothing is left: nothing is written
$ printf '%s\n' 'dragoman: 1' 'product: {manufacturer_id: Acme, model: Sealed}' 'hooks: {open: {output_limit: 10}}' 'messages:' '  report: {hook: open, fields: [{name: level, type: u8}]}' >sealed.yaml; dragoman export --to firmware sealed.yaml; ls acme_sealed.*
! sealed.yaml: warning: message 'report' is left out: (group): hooks have no place in firmware
! sealed.yaml: error: firmware can hold no message of this profile
! ls: cannot access 'acme_sealed.*': No such file or directory
? 2

# tags that the profile does not know, and limits of what is calculated
$ printf '%s\n' 'dragoman: 1' 'product: {manufacturer_id: Acme, model: Odd}' 'messages:' '  report:' '    only: decode' '    fields:' '      - {local: e, type: i8}' '      - {name: level, type: u16, scale: pow10(e), valid: 0..100}' '      - tlv: {tag: u8, unknown: keep, keep_as: others, size: 1, cases: {1: {name: a, type: u8}}}' >odd.yaml; dragoman export --to firmware odd.yaml
! odd.yaml: warning: message 'report': the range of level is not checked
! odd.yaml: warning: message 'report': (record): records of other tags are not written
! wrote acme_odd.h
! wrote acme_odd.c

# names of C and C++ are not taken
$ printf '%s\n' 'dragoman: 1' 'product: {manufacturer_id: 3M, model: "int"}' 'messages:' '  status: {fields: [{name: class, type: u8}, {name: "a b", type: u8}, {name: a-b, type: u8}, {name: 4th, type: u8, enum: {0: min, 1: MIN, 2: "-1"}}]}' >names.yaml; dragoman export -q --to firmware names.yaml; sed -n '/^enum {/,/^};/p; /^struct .*status_msg {/,/^};/p' n3m_int.h
enum {
    N3M_INT_STATUS_MSG_N4TH_MIN = 0,
    N3M_INT_STATUS_MSG_N4TH_MIN_2 = 1,
    N3M_INT_STATUS_MSG_N4TH_MINUS_1 = 2,
};
struct n3m_int_status_msg {
    uint8_t class_; /* class */
    uint8_t a_b; /* a b */
    uint8_t a_b_2; /* a-b */
    uint8_t n4th; /* 4th */
};

# an array of numbers is one field, with the scale and range of its elements
$ printf '%s\n' 'dragoman: 1' 'product: {manufacturer_id: Acme, model: Lines}' 'messages:' '  report: {fields: [{name: volts, type: bcd(4), scale: 0.1, repeat: 3}, {name: states, type: u8, enum: {0: idle, 1: busy}, repeat: 2}]}' >lines.yaml; dragoman export -q --to firmware lines.yaml; sed -n '/FIELD_REPORT/p; s/^#define \(.*REPORT_.*\)/\1/p; /^enum {/,/^};/p; /^struct .*report {/,/^};/p' acme_lines.h
    ACME_LINES_FIELD_REPORT_VOLTS,
    ACME_LINES_FIELD_REPORT_STATES
ACME_LINES_REPORT_FRAME_MAX 8U
ACME_LINES_REPORT_VOLTS_NUMERATOR 1
ACME_LINES_REPORT_VOLTS_OFFSET 0
ACME_LINES_REPORT_VOLTS_DENOMINATOR 10
ACME_LINES_REPORT_VOLTS_MAX 9999U
enum {
    ACME_LINES_REPORT_STATES_IDLE = 0,
    ACME_LINES_REPORT_STATES_BUSY = 1,
};
struct acme_lines_report {
    uint32_t volts[3]; /* volts = raw / 10 */
    uint8_t states[2]; /* states */
};

# the device says that an item stands there, be it without a reading
$ printf '%s\n' 'dragoman: 1' 'product: {manufacturer_id: Acme, model: Probe}' 'messages:' '  report: {fields: [{local: kind, type: u8, encode: case}, {switch: kind, cases: {0: [], 1: {name: probe, type: i16, invalid: 0x7FFF}}}]}' >probe.yaml; dragoman export -q --to firmware probe.yaml; sed -n '/int64_t value =/p' acme_probe.c
        const int64_t value = (in->has_probe ? (int64_t)1 : (int64_t)0);
