/* SPDX-License-Identifier: MIT */
/*
 * A Cortex-M that has no C library: vectors of the processor, start, end, output through
 * the debugger (semihosting), and the measuring of the stack.
 */
#include "../platform.h"

#include <stdint.h>
#include <string.h>

/* From the link script. */
extern uint32_t stack_bottom[], stack_top[];
extern unsigned char data_start[], data_end[], bss_start[], bss_end[];
extern const unsigned char data_load[];

int main(void);
void reset(void);
void fault(void);

enum { CALL_OPEN = 0x01, CALL_WRITE = 0x05, CALL_EXIT_EXTENDED = 0x20 };
enum { REASON_APPLICATION_EXIT = 0x20026 };
enum { MODE_WRITE = 4 };
static const uint32_t pattern = 0xA5C35A3Cu;

/* Configuration and control: bit 3 makes unaligned access a fault. */
static volatile uint32_t *const control = (volatile uint32_t *)0xE000ED14u;
enum { CONTROL_UNALIGNED_FAULTS = 1u << 3 };

static uintptr_t debugger(uint32_t operation, const void *block)
{
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = block;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

static void leave(int code)
{
    const uintptr_t block[2] = {REASON_APPLICATION_EXIT, (uintptr_t)code};
    for (;;) {
        (void)debugger(CALL_EXIT_EXTENDED, block);
    }
}

void platform_write(const char *text, size_t length)
{
    static uintptr_t handle;
    if (handle == 0) {
        static const char terminal[] = ":tt";
        const uintptr_t open[3] = {(uintptr_t)terminal, MODE_WRITE, sizeof(terminal) - 1};
        handle = debugger(CALL_OPEN, open);
    }
    const uintptr_t block[3] = {handle, (uintptr_t)text, length};
    if (debugger(CALL_WRITE, block) != 0) {
        leave(2);
    }
}

static void tell_fault(void)
{
    static const char text[] = "Bail out! the processor faulted\n";
    platform_write(text, sizeof(text) - 1);
    leave(3);
}

/* The stack may be what is wrong, so it is begun anew. */
void fault(void)
{
    __asm__ volatile("mov sp, %0" : : "r"(stack_top));
    tell_fault();
}

static uint32_t *stack_pointer(void)
{
    uint32_t *pointer;
    __asm__ volatile("mov %0, sp" : "=r"(pointer));
    return pointer;
}

/* Where the paint begins. Its callers call it last, so that this is the pointer of
 * theirs. */
static uint32_t *painted;

__attribute__((noinline)) void platform_stack_paint(void)
{
    painted = stack_pointer();
    for (uint32_t *word = painted - 1; word >= stack_bottom; word--) {
        *(volatile uint32_t *)word = pattern;
    }
}

__attribute__((noinline)) size_t platform_stack_used(void)
{
    const uint32_t *word = stack_bottom;
    while (word < painted && *(const volatile uint32_t *)word == pattern) {
        word++;
    }
    if (word == stack_bottom) {
        fault();
    }
    return (size_t)(painted - word) * sizeof(*word);
}

void reset(void)
{
    memcpy(data_start, data_load, (size_t)(data_end - data_start));
    memset(bss_start, 0, (size_t)(bss_end - bss_start));
    *control |= CONTROL_UNALIGNED_FAULTS;
    leave(main());
}

union entry {
    const void *stack;
    void (*handler)(void);
};

/* Stack, reset, and the exceptions of the processor itself; no interrupts are switched
 * on. */
__attribute__((section(".vectors"), used)) static const union entry vectors[16] = {
    {.stack = stack_top}, {.handler = reset}, {.handler = fault}, {.handler = fault},
    {.handler = fault},   {.handler = fault}, {.handler = fault},
};
