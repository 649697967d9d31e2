// The formats of lockfiles: one line each in formats.cpp, one file each beside it.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "gate/base/result.h"
#include "gate/base/text.h"
#include "gate/readers/lockfiles/lockfile.h"
#include "gate/readers/lockfiles/sync/sync.h"

namespace gate::readers::lockfiles {

// A lockfile, or what is wrong with it and where: "line 3, column 7: …".
using ReadResult = Result<std::shared_ptr<const Lockfile>>;

struct Format {
  std::string_view name;  // "npm"
  Ecosystem ecosystem;
  std::string_view command;                     // what writes the lock anew: "npm install"
  std::span<const std::string_view> locks;      // file names; the first is the usual one
  std::span<const std::string_view> manifests;  // file names beside it from which it is made
  ReadResult (*read)(std::shared_ptr<const base::Source> source);
  Sync sync = nullptr;                               // null: nothing tells what it was made from
  bool (*is_lock)(std::string_view path) = nullptr;  // paths that are a lock besides `locks`
};

extern const Format kNpm;
extern const Format kYarn;
extern const Format kPnpm;
extern const Format kBun;
extern const Format kComposer;
extern const Format kPoetry;
extern const Format kPipenv;
extern const Format kUv;
extern const Format kPdm;
extern const Format kPylock;
extern const Format kRequirements;
extern const Format kBundler;
extern const Format kGo;
extern const Format kCargo;
extern const Format kGradle;

[[nodiscard]] std::span<const Format* const> formats();

// Returns the format that reads a file of this path, or null. By the name alone: nothing is read.
[[nodiscard]] const Format* find_format(std::string_view path);

// Returns the format of this name, or null.
[[nodiscard]] const Format* format_named(std::string_view name);

// Reads a lockfile. An unresolved merge conflict is an error, whatever the format would make of it.
[[nodiscard]] ReadResult read_lockfile(const Format& format,
                                       std::shared_ptr<const base::Source> source);

}  // namespace gate::readers::lockfiles
