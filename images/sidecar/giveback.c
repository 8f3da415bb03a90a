// Gives back what Envoy's start needed of its own file: code and constants that are used once or only lie beside what is.
//
// Loaded by LD_PRELOAD. In Envoy a thread lets go of the pages of the program's segments that nobody writes, soon after the
// start and then every two minutes. They are the page cache's: what is used again comes back from there by minor faults, 16
// pages at a time. Where somebody did write, as a debugger does for a breakpoint, the pages are this process's alone and stay.
// Whatever goes wrong here, Envoy runs on as it would without.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef FIRST_SECONDS
#define FIRST_SECONDS 10
#endif
#ifndef AGAIN_SECONDS
#define AGAIN_SECONDS 120
#endif
// What one huge page would map, so that none of those is taken apart.
#define PIECE ((uintptr_t)2 << 20)
// Envoy's thread-local variables, 11 KiB of them, are on it.
#define STACK (PTHREAD_STACK_MIN + (64 << 10))
// What /proc/self/pagemap says of a page: the kernel's Documentation/admin-guide/mm/pagemap.rst.
#define PRESENT ((uint64_t)1 << 63)
#define SWAPPED ((uint64_t)1 << 62)
#define OF_A_FILE ((uint64_t)1 << 61)

static struct { uintptr_t from, to; } segments[8];
static size_t count;
static uintptr_t page;

// Of the main program, which comes first, the pages that lie wholly in segments that are never written.
static int find_segments(struct dl_phdr_info *program, size_t size, void *unused) {
  (void)size, (void)unused;
  for (const ElfW(Phdr) *at = program->dlpi_phdr; at < program->dlpi_phdr + program->dlpi_phnum; at++) {
    if (at->p_type != PT_LOAD || (at->p_flags & PF_W) || count == sizeof segments / sizeof *segments) continue;
    uintptr_t from = program->dlpi_addr + at->p_vaddr;
    segments[count].from = (from + page - 1) & -page;
    segments[count++].to = (from + at->p_filesz) & -page;
  }
  return 1;
}

// Whether all that is there of the piece is the file's.
static int can_come_back(int pagemap, uintptr_t from, uintptr_t to) {
  static uint64_t pages[PIECE / 4096];
  size_t many = (to - from) / page, length = many * sizeof *pages;
  if (pread(pagemap, pages, length, (off_t)(from / page * sizeof *pages)) != (ssize_t)length) return 0;
  for (size_t i = 0; i < many; i++)
    if ((pages[i] & SWAPPED) || ((pages[i] & PRESENT) && !(pages[i] & OF_A_FILE))) return 0;
  return 1;
}

static void give_back(void) {
  int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (pagemap < 0) return;
  for (size_t i = 0; i < count; i++)
    for (uintptr_t from = segments[i].from, to; from < segments[i].to; from = to) {
      to = (from + PIECE) & -PIECE;
      if (to > segments[i].to) to = segments[i].to;
      if (can_come_back(pagemap, from, to)) madvise((void *)from, to - from, MADV_DONTNEED);
    }
  close(pagemap);
}

static void *run(void *unused) {
  pthread_setname_np(pthread_self(), "giveback");
  for (unsigned wait = FIRST_SECONDS;; wait = AGAIN_SECONDS) {
    while ((wait = sleep(wait)) != 0) {}
    give_back();
  }
  return unused;
}

// The image's other programs, such as iptables-restore, are left alone.
__attribute__((constructor)) static void start(void) {
  if (strcmp(program_invocation_short_name, "envoy") != 0) return;
  page = (uintptr_t)sysconf(_SC_PAGESIZE);
  dl_iterate_phdr(find_segments, NULL);
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return;
  pthread_attr_setstacksize(&attributes, STACK);
  // Signals are for Envoy's own threads; this one is started with all of them blocked.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  if (pthread_create(&thread, &attributes, run, NULL) == 0) pthread_detach(thread);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
}
