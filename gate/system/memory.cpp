#include "gate/system/memory.h"

#include <malloc.h>

namespace gate::system {

void keep_freed_memory() {
  // The most that mallopt(3) takes for the first; a block of more is mapped, and given back at
  // once.
  constexpr int kMapped = 32 << 20;
  constexpr int kKept = 512 << 20;
  constexpr int kStep = 1 << 20;
  // Where a C library refuses, everything goes on as before, only slower.
  (void)mallopt(M_MMAP_THRESHOLD, kMapped);
  (void)mallopt(M_TRIM_THRESHOLD, kKept);
  (void)mallopt(M_TOP_PAD, kStep);
}

}  // namespace gate::system
