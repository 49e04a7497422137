/*
 * Loaded into the program by LD_PRELOAD: what is written to files, and each wait until it lies on the disk, takes longer by
 * the milliseconds that stand in a file which whoever started the program maps too. It strikes Node's file calls and the
 * SQLite library inside libsql alike, and holds up the thread that calls, as a slow disk does. Reading is not slower: the
 * operating system holds what was read in memory. The second number of the file counts the calls that were held up.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static volatile int *shared;

__attribute__((constructor)) static void begin(void) {
  const char *name = getenv("SLOW_DISK_FILE");
  int file = name ? open(name, O_RDWR | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *memory = mmap(0, 2 * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (memory != MAP_FAILED) shared = memory;
}

static void hold(int file) {
  int ms = shared ? shared[0] : 0;
  struct stat about;
  if (ms <= 0 || fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) return;
  __sync_fetch_and_add(&shared[1], 1);
  struct timespec time = {ms / 1000, (ms % 1000) * 1000000L};
  nanosleep(&time, 0);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fsync(int file) { hold(file); return REAL(fsync)(file); }
int fdatasync(int file) { hold(file); return REAL(fdatasync)(file); }
ssize_t write(int file, const void *from, size_t size) { hold(file); return REAL(write)(file, from, size); }
ssize_t pwrite(int file, const void *from, size_t size, off_t at) { hold(file); return REAL(pwrite)(file, from, size, at); }
ssize_t pwrite64(int file, const void *from, size_t size, off64_t at) { hold(file); return REAL(pwrite64)(file, from, size, at); }
