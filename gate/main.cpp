#include "gate/cli/cli.h"

int main(int argc, char** argv) { return gate::cli::run(argc, argv); }
