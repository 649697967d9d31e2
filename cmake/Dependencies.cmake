# The libraries of others, each behind one name. ARCHITECTURE.md gives the reason for each.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

# gate_dependency(NAME MODULE [STATIC archives ...]): imported target gate::NAME.
function(gate_dependency name module)
  cmake_parse_arguments(PARSE_ARGV 2 dep "" "" "STATIC")
  pkg_check_modules(${name} REQUIRED QUIET ${module})
  add_library(gate_dep_${name} INTERFACE)
  target_include_directories(gate_dep_${name} SYSTEM INTERFACE ${${name}_INCLUDE_DIRS})
  target_compile_options(gate_dep_${name} INTERFACE ${${name}_CFLAGS_OTHER})
  if(GATE_STATIC)
    foreach(archive IN LISTS dep_STATIC)
      find_library(GATE_ARCHIVE_${archive} ${archive} REQUIRED)
      mark_as_advanced(GATE_ARCHIVE_${archive})
      target_link_libraries(gate_dep_${name} INTERFACE ${GATE_ARCHIVE_${archive}})
    endforeach()
  else()
    target_link_libraries(gate_dep_${name} INTERFACE ${${name}_LINK_LIBRARIES})
  endif()
  add_library(gate::${name} ALIAS gate_dep_${name})
endfunction()

gate_dependency(re2 re2 STATIC libre2.a)
gate_dependency(utf8proc libutf8proc STATIC libutf8proc.a)
gate_dependency(pugixml pugixml STATIC libpugixml.a)
gate_dependency(yaml yaml-0.1 STATIC libyaml.a)
gate_dependency(zlib zlib STATIC libz.a)
gate_dependency(libgit2 libgit2 STATIC libgit2.a libmbedcrypto.a libhttp_parser.a libpcre2-8.a libz.a)

# A static libgit2 without its network: gate/repo/libgit2_offline.cpp says what stands in and why.
if(GATE_STATIC)
  add_library(gate_libgit2_offline STATIC gate/repo/libgit2_offline.cpp)
  target_link_libraries(gate_libgit2_offline PRIVATE gate_settings gate_warnings)
  # ld does not see through link-time optimisation when it looks for the symbols to replace.
  set_target_properties(gate_libgit2_offline PROPERTIES INTERPROCEDURAL_OPTIMIZATION OFF)
  target_link_libraries(gate_dep_libgit2 INTERFACE gate_libgit2_offline)
  foreach(symbol IN ITEMS
      git_mbedtls_stream_global_init
      git_transport_ssh_global_init
      git_transport_new
      git_mbedtls__set_cert_location
      git_http__expect_continue
      git_smart__ofs_delta_enabled
      getpwuid_r)
    target_link_options(gate_dep_libgit2 INTERFACE LINKER:--wrap=${symbol})
  endforeach()
endif()

# Debian has no archives of these two: a static build takes them header-only.
add_library(gate_dep_fmt INTERFACE)
add_library(gate::fmt ALIAS gate_dep_fmt)
add_library(gate_dep_tomlplusplus INTERFACE)
add_library(gate::tomlplusplus ALIAS gate_dep_tomlplusplus)
if(GATE_STATIC)
  target_compile_definitions(gate_dep_fmt INTERFACE FMT_HEADER_ONLY=1)
  target_compile_definitions(gate_dep_tomlplusplus INTERFACE TOML_HEADER_ONLY=1)
else()
  find_package(fmt REQUIRED)
  target_link_libraries(gate_dep_fmt INTERFACE fmt::fmt)
  pkg_check_modules(tomlplusplus REQUIRED QUIET IMPORTED_TARGET tomlplusplus)
  target_link_libraries(gate_dep_tomlplusplus INTERFACE PkgConfig::tomlplusplus)
endif()

# SHA-256; mbedTLS ships no pkg-config file in Debian 12, and libgit2 brings it along.
add_library(gate_dep_mbedcrypto INTERFACE)
add_library(gate::mbedcrypto ALIAS gate_dep_mbedcrypto)
if(GATE_STATIC)
  target_link_libraries(gate_dep_mbedcrypto INTERFACE ${GATE_ARCHIVE_libmbedcrypto.a})
else()
  target_link_libraries(gate_dep_mbedcrypto INTERFACE mbedcrypto)
endif()

# The archive of Catch2 with its main: without it every test program would compile Catch2 anew.
if(GATE_TESTS)
  find_path(CATCH2_INCLUDE catch2/catch.hpp REQUIRED)
  find_library(CATCH2_MAIN Catch2WithMain REQUIRED)
  add_library(Catch2::Catch2WithMain STATIC IMPORTED)
  set_target_properties(Catch2::Catch2WithMain PROPERTIES IMPORTED_LOCATION ${CATCH2_MAIN}
                                                          INTERFACE_INCLUDE_DIRECTORIES ${CATCH2_INCLUDE})
endif()
