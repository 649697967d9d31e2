// What a static link of libgit2 gets in place of its network: gate reads repositories on disk and
// opens no connection.
//
// libgit2's start-up parses the CA bundle (4 of 5 ms that a run of gate took, measured) and its
// remotes pull in TLS, SSH, OpenSSL, Kerberos and the resolver. The linker is told to replace each
// way in (`--wrap`, ld(1)) by one of the symbols below; what only the replaced ones needed is then
// left out of the program. cmake/Dependencies.cmake names the same symbols.
#include <cstddef>
#include <pwd.h>
#include <sys/types.h>

// The names are the linker's: `__wrap_` and the symbol replaced.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" {

// Start-up of TLS and SSH: nothing to start.
int __wrap_git_mbedtls_stream_global_init();
int __wrap_git_mbedtls_stream_global_init() { return 0; }
int __wrap_git_transport_ssh_global_init();
int __wrap_git_transport_ssh_global_init() { return 0; }

// Every connection to a remote begins here: refused.
int __wrap_git_transport_new(void** transport, void* remote, const char* url);
int __wrap_git_transport_new(void** transport, void* /*remote*/, const char* /*url*/) {
  *transport = nullptr;
  return -1;
}

// Options of the network that git_libgit2_opts can set.
int __wrap_git_mbedtls__set_cert_location(const char* file, const char* path);
int __wrap_git_mbedtls__set_cert_location(const char* /*file*/, const char* /*path*/) { return -1; }
extern bool __wrap_git_http__expect_continue;
bool __wrap_git_http__expect_continue = false;
extern bool __wrap_git_smart__ofs_delta_enabled;
bool __wrap_git_smart__ofs_delta_enabled = true;

// Asked for the home folder of a set-user-id program only, which gate is not. glibc's own would
// load shared objects of the machine it runs on.
int __wrap_getpwuid_r(uid_t user, passwd* entry, char* buffer, std::size_t size, passwd** found);
int __wrap_getpwuid_r(uid_t /*user*/, passwd* /*entry*/, char* /*buffer*/, std::size_t /*size*/,
                      passwd** found) {
  *found = nullptr;
  return 0;
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
