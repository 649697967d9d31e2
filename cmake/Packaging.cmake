# What is handed out: a .tar.gz and a Debian package, both around the one static file. `./dev package` makes, unpacks and
# runs them.
include(GNUInstallDirs)
install(TARGETS gate RUNTIME)
install(FILES README.md LICENSE CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR TGZ DEB)
set(CPACK_PACKAGE_NAME gate)
set(CPACK_PACKAGE_VENDOR "the gate authors")
set(CPACK_PACKAGE_CONTACT "the gate authors <gate@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
# gate-0.1.0-linux-amd64.tar.gz
execute_process(COMMAND dpkg --print-architecture OUTPUT_VARIABLE architecture OUTPUT_STRIP_TRAILING_WHITESPACE)
set(CPACK_PACKAGE_FILE_NAME gate-${PROJECT_VERSION}-linux-${architecture})
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE ${architecture})
# One static file depends on nothing; what gate reads of a repository it reads itself.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "")
include(CPack)
