// The heap of this process: one that keeps what it once had.
#pragma once

namespace gate::system {

// Tells the C library to keep memory that is given back, for whoever asks next, and to ask the
// system for more in large steps. A page fresh from the system costs more than reading what is put
// there, and gate ends soon. To be called once, before other threads are started.
void keep_freed_memory();

}  // namespace gate::system
