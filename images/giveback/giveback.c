// Gives back what a program's start needed of its own files: code and constants that are used once or only lie beside what is.
//
// Loaded by LD_PRELOAD. In Envoy a thread lets go of the pages of the program's segments that nobody writes; in Java of those of the
// virtual machine, and of its archive of classes. At first it does so while the program still starts, then after waits that double, and
// in the end every two minutes. A control plane that is told a lot uses much of its archive, and most of it once: in Java it looks every
// two seconds as well, and does so once there are 6 MiB more than it left the last time. The pages are the page cache's: what is used
// again comes back from there by minor faults, 16 pages at a time. Where somebody did write, as a debugger does for a breakpoint, they
// are this process's alone and stay. None of these is ever unmapped, so that no other memory can be met there. Whatever goes wrong here,
// the program runs on as it would without.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#ifndef FIRST_MILLISECONDS
#define FIRST_MILLISECONDS 20u
#endif
#ifndef LAST_MILLISECONDS
#define LAST_MILLISECONDS 120000u
#endif
#ifndef LOOK_MILLISECONDS
#define LOOK_MILLISECONDS 2000u
#endif
#ifndef MUCH_BYTES
#define MUCH_BYTES (6u << 20)
#endif
// What one huge page would map, so that none of those is taken apart.
#define PIECE ((uintptr_t)2 << 20)
// Envoy's thread-local variables, 11 KiB of them, are on it, and a line of /proc/self/maps.
#define STACK (PTHREAD_STACK_MIN + (96 << 10))
// What /proc/self/pagemap says of a page: the kernel's Documentation/admin-guide/mm/pagemap.rst.
#define PRESENT ((uint64_t)1 << 63)
#define SWAPPED ((uint64_t)1 << 62)
#define OF_A_FILE ((uint64_t)1 << 61)

static struct { uintptr_t from, to; } segments[16];
static size_t count;
static uintptr_t page;
// What stands at the end of the name of the library that counts; without one it is the main program, which has no name.
static const char *library = "";

static void add(uintptr_t from, uintptr_t to) {
  if (count == sizeof segments / sizeof *segments) return;
  segments[count].from = (from + page - 1) & -page;
  segments[count++].to = to & -page;
}

static int ends_with(const char *text, const char *end) {
  size_t length = strlen(text), wanted = strlen(end);
  return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

// The pages that lie wholly in segments that are never written.
static int find_segments(struct dl_phdr_info *program, size_t size, void *unused) {
  (void)size, (void)unused;
  if (*library ? !ends_with(program->dlpi_name, library) : *program->dlpi_name != 0) return 0;
  for (const ElfW(Phdr) *at = program->dlpi_phdr; at < program->dlpi_phdr + program->dlpi_phnum; at++)
    if (at->p_type == PT_LOAD && !(at->p_flags & PF_W))
      add(program->dlpi_addr + at->p_vaddr, program->dlpi_addr + at->p_vaddr + at->p_filesz);
  return 1;
}

// What the virtual machine has mapped of archives of classes and never writes.
static void find_archives(void) {
  FILE *maps = fopen("/proc/self/maps", "re");
  if (maps == NULL) return;
  char line[PATH_MAX + 128];
  while (fgets(line, sizeof line, maps) != NULL) {
    uintptr_t from, to;
    if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " r--p", &from, &to) == 2 && strstr(line, " r--p ") && ends_with(line, ".jsa\n"))
      add(from, to);
  }
  fclose(maps);
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
  count = 0;
  dl_iterate_phdr(find_segments, NULL);
  if (*library) find_archives();
  for (size_t i = 0; i < count; i++)
    for (uintptr_t from = segments[i].from, to; from < segments[i].to; from = to) {
      to = (from + PIECE) & -PIECE;
      if (to > segments[i].to) to = segments[i].to;
      if (can_come_back(pagemap, from, to)) madvise((void *)from, to - from, MADV_DONTNEED);
    }
  close(pagemap);
}

// How much of files there is in memory; 0 if that cannot be told.
static size_t of_files(void) {
  size_t pages = 0;
  FILE *statm = fopen("/proc/self/statm", "re");
  if (statm == NULL) return 0;
  if (fscanf(statm, "%*u %*u %zu", &pages) != 1) pages = 0;
  fclose(statm);
  return pages * page;
}

static void pass(unsigned milliseconds) {
  struct timespec left = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  while (nanosleep(&left, &left) != 0) {}
}

// Waits, in Java no longer than until there is much to give back.
static void await(unsigned milliseconds, size_t left) {
  unsigned step = *library ? LOOK_MILLISECONDS : milliseconds;
  for (; milliseconds > step && of_files() < left + MUCH_BYTES; milliseconds -= step) pass(step);
  if (milliseconds <= step) pass(milliseconds);
}

static void *run(void *unused) {
  pthread_setname_np(pthread_self(), "giveback");
  size_t left = 0;
  for (unsigned wait = FIRST_MILLISECONDS;; wait = wait < LAST_MILLISECONDS / 2 ? 2 * wait : LAST_MILLISECONDS) {
    await(wait, left);
    give_back();
    left = of_files();
  }
  return unused;
}

// Other programs, such as iptables-restore, are left alone.
__attribute__((constructor)) static void start(void) {
  if (strcmp(program_invocation_short_name, "java") == 0) library = "/libjvm.so";
  else if (strcmp(program_invocation_short_name, "envoy") != 0) return;
  page = (uintptr_t)sysconf(_SC_PAGESIZE);
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return;
  pthread_attr_setstacksize(&attributes, STACK);
  // Signals are for the program's own threads; this one is started with all of them blocked.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  if (pthread_create(&thread, &attributes, run, NULL) == 0) pthread_detach(thread);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
}
