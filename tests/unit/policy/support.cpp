#include "support.h"

#include <array>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/did_you_mean.h"
#include "gate/readers/formats/toml.h"

namespace gate::policy::test {
namespace {

const Texts kPacks = {
    {"order", R"([pack]
name = "order"
title = "Order"
summary = "Joins every list."
always = true
implied = true
)"},
    {"php", R"([pack]
name = "php"
title = "PHP"
summary = "PHP applications."
when.file = "artisan"

[[rule]]
id = "php.debug-call"
kind = "probe"
title = "a debug call"
)"},
    {"shop", R"([pack]
name = "shop"
title = "Shop"
summary = "What every shop needs."
always = true

[vars]
domains = ["https://shop.example.org"]
limit = 3

[[rule]]
id = "shop.no-price"
kind = "probe"
title = "a product has no price"
severity = "warning"
stages = ["ci", "deploy"]
aliases = ["peer:PRICE"]
list = ["${domains}/up"]
integer = "${limit}"

[[rule]]
id = "shop.no-stock"
kind = "probe"
title = "a product has no stock"
enabled = false
)"},
};

constexpr std::array<std::string_view, 2> kChoices = {"any", "every"};

void read_probe(const RuleHead& head, TableReader& table, std::string& out) {
  const std::string text = table.text("text", "-");
  const std::vector<std::string> list = table.texts("list");
  const std::int64_t integer = table.integer("integer", 0, 0, 100);
  const bool boolean = table.boolean("boolean", false);
  const auto pattern = table.pattern("pattern");
  const auto patterns = table.patterns("patterns");
  (void)table.globs("globs");
  const std::size_t choice = table.one_of("choice", kChoices, 0);
  const auto duration = table.duration("duration", std::chrono::milliseconds(0));
  const auto bytes = table.bytes("bytes");
  (void)table.date("date");
  const auto map = table.text_map("map");
  out += fmt::format(
      "{} text={} list={} integer={} boolean={} pattern={} patterns={} choice={} ms={} bytes={} "
      "map={}\n",
      head.id, text, fmt::join(list, ","), integer, boolean, pattern ? pattern->text() : "-",
      patterns.size(), kChoices[choice], duration.count(), bytes.value_or(0), map.size());
}

}  // namespace

std::shared_ptr<const readers::Document> parse(const std::string& name, const std::string& text) {
  base::Diagnostics diagnostics;
  auto document = readers::parse_toml(std::make_shared<base::Source>(name, text), diagnostics);
  INFO(base::render(diagnostics, false));
  REQUIRE(document != nullptr);
  return document;
}

const PackShelf& shelf() {
  static const PackShelf kShelf = [] {
    PackShelf made;
    for (const auto& [name, text] : kPacks) {
      made.names.emplace_back(name);
      if (pack_head(*parse(name, text)).implied) made.implied.emplace_back(name);
    }
    made.document = [](std::string_view name) {
      return parse(fmt::format("rules/{}.toml", name), kPacks.at(std::string(name)));
    };
    made.head = [](std::string_view name) {
      return pack_head(*parse(std::string(name), kPacks.at(std::string(name))));
    };
    return made;
  }();
  return kShelf;
}

std::unique_ptr<Loaded> load(Texts files, LoadOptions options) {
  auto loaded = std::make_unique<Loaded>();
  std::map<std::string, repo::SampleFile> sample;
  for (const auto& [path, text] : files) {
    sample[path].content = text;
    if (text.starts_with("-> ")) sample[path].kind = repo::FileKind::symlink;
  }
  loaded->files = repo::sample_snapshot(std::move(sample));
  options.files = loaded->files.get();
  options.read = [&](std::string_view path) -> Result<std::optional<std::string>> {
    const auto found = files.find(std::string(path));
    if (found == files.end()) return std::optional<std::string>();
    if (found->second.starts_with("-> ")) return Error{fmt::format("{} is a symbolic link", path)};
    return std::optional(found->second);
  };
  const RuleCallback on_rule = [&](const RuleHead& head, TableReader& table) {
    if (head.kind == "probe") {
      read_probe(head, table, loaded->kinds);
      table.finish();
    } else {
      const std::vector<std::string_view> kinds = {"probe"};
      table.complain("kind", fmt::format("unknown kind `{}`", head.kind),
                     base::suggest(head.kind, kinds));
    }
  };
  loaded->policy = policy::load(options, shelf(), on_rule, loaded->diagnostics);
  return loaded;
}

}  // namespace gate::policy::test
