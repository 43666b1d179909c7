/*
 * Tells the thread sanitizer of Swift's Mutex on Linux; Scripts/soak preloads it.
 *
 * The lock that nobody waits for is compiled into our code, where the sanitizer sees it. One that is handed over between threads goes through
 * two functions of libswiftSynchronization, which know the kernel but not the sanitizer: everything behind such a lock would be called a race.
 * These stand before them and say what they do.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

/* _MutexHandle._lockSlow(_:) and _unlockSlow(), stdlib/public/Synchronization/Mutex/LinuxImpl.swift. */
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

/* There in a program that is built for the sanitizer; programs that the tests start are not. */
void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

typedef SWIFT void (*Lock)(uint32_t thread, SELF void *handle);
typedef SWIFT void (*Unlock)(SELF void *handle);

SWIFT void lock(uint32_t thread, SELF void *handle) __asm__(LOCK);
SWIFT void unlock(SELF void *handle) __asm__(UNLOCK);

SWIFT void lock(uint32_t thread, SELF void *handle) {
	((Lock)dlsym(RTLD_NEXT, LOCK))(thread, handle);
	if (__tsan_acquire)
		__tsan_acquire(handle);
}

SWIFT void unlock(SELF void *handle) {
	if (__tsan_release)
		__tsan_release(handle);
	((Unlock)dlsym(RTLD_NEXT, UNLOCK))(handle);
}
