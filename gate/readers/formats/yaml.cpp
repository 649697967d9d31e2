#include "gate/readers/formats/yaml.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>
#include <utility>
#include <yaml.h>

#include <fmt/format.h>

#include "gate/base/unicode.h"
#include "gate/readers/formats/yaml_scalar.h"

namespace gate::readers {
namespace {

std::string_view view(const yaml_char_t* text, std::size_t length) {
  return {reinterpret_cast<const char*>(text), length};  // NOLINT: libyaml's bytes are unsigned
}
std::string_view view(const yaml_char_t* text) {
  if (text == nullptr) return {};
  const std::string_view all(reinterpret_cast<const char*>(text));  // NOLINT: as above
  return all;
}

// An event that frees itself.
class Event {
 public:
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { clear(); }
  void clear() {
    if (set_) yaml_event_delete(&event_);
    set_ = false;
  }
  bool read(yaml_parser_t& parser) {
    clear();
    set_ = yaml_parser_parse(&parser, &event_) != 0;
    return set_;
  }
  const yaml_event_t* operator->() const { return &event_; }

 private:
  yaml_event_t event_{};
  bool set_ = false;
};

// Where the characters of a text begin: libyaml counts characters, we count bytes.
class Characters {
 public:
  explicit Characters(std::string_view text) : size_(static_cast<std::uint32_t>(text.size())) {
    if (text.starts_with("\xEF\xBB\xBF")) begin_ = 3;  // a byte order mark is not counted
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::all_of(text.begin() + begin_, text.end(), is_ascii)) return;
    for (std::uint32_t at = begin_; at < size_; ++at) {
      if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) starts_.push_back(at);
    }
    starts_.push_back(size_);
  }

  [[nodiscard]] std::uint32_t offset(const yaml_mark_t& mark) const {
    if (starts_.empty())
      return std::min(static_cast<std::uint32_t>(std::min<std::size_t>(mark.index, size_)) + begin_,
                      size_);
    return starts_[std::min(mark.index, starts_.size() - 1)];
  }

 private:
  std::uint32_t size_;
  std::uint32_t begin_ = 0;
  std::vector<std::uint32_t> starts_;  // empty where every character is a byte
};

class Composer {
 public:
  explicit Composer(const std::shared_ptr<const base::Source>& source)
      : source_(source), text_(source->text()), characters_(text_) {
    constexpr std::size_t kUsualBytes = 24;  // of the text for each value
    constexpr std::size_t kMostReserved = 4096;
    nodes_.reserve(std::min(text_.size() / kUsualBytes + 2, kMostReserved));
    depths_.reserve(nodes_.capacity());
  }
  Composer(const Composer&) = delete;
  Composer& operator=(const Composer&) = delete;
  ~Composer() { yaml_parser_delete(&parser_); }

  Result<YamlFile> run() {
    if (yaml_parser_initialize(&parser_) == 0) return Error{"no memory for libyaml"};
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    const std::string_view input = text_.substr(text_.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const yaml_char_t*>(input.data()),
                                 input.size());  // NOLINT
    Event event;
    do {
      if (!event.read(parser_)) return parser_mistake();
      take(event);
      if (!problem_.empty()) return Error{std::move(problem_)};
    } while (event->type != YAML_STREAM_END_EVENT);
    if (file_.documents.empty()) {
      nodes_.emplace_back();
      close_document();
    }
    return std::move(file_);
  }

 private:
  struct Anchor {
    std::uint32_t node = 0;
    bool complete = false;
    std::size_t weight = 1;  // of what it names: values, aliases filled in
  };
  using Keys = std::unordered_map<std::string_view, base::Span>;
  struct Open {
    std::uint32_t node;
    std::uint32_t last = 0;  // its last child
    bool map = false;
    bool has_key = false;  // a key waits for its value
    bool merges = false;
    bool merge_key = false;  // the key that waits is `<<`
    std::string_view key{};
    base::Span key_span{};
    std::size_t depth = 1;  // of what it holds, in levels
    std::string anchor{};
    std::size_t before = 0;        // values before it
    std::unique_ptr<Keys> keys{};  // where many
  };

  void fail(std::uint32_t at, std::string_view what) {
    const base::Position place = source_->lines().position(at);
    problem_ = fmt::format("line {}, column {}: {}", place.line, place.column, what);
  }

  Error parser_mistake() {
    const std::string_view what = parser_.problem == nullptr ? "no YAML" : parser_.problem;
    if (parser_.error == YAML_MEMORY_ERROR) return Error{"no memory for libyaml"};
    const bool bytes = parser_.error == YAML_READER_ERROR;
    std::uint32_t at =
        bytes ? static_cast<std::uint32_t>(std::min(parser_.problem_offset, text_.size()))
              : characters_.offset(parser_.problem_mark);
    // A mistake at the end of the line is one in the line.
    while (!bytes && at > 0 && at == text_.size() && text_[at - 1] == '\n')
      --at;
    std::string message(what);
    if (!bytes && parser_.context != nullptr && parser_.context_mark.line > 0 &&
        parser_.context_mark.line != parser_.problem_mark.line) {
      message += fmt::format(" ({}, which begins in line {})", parser_.context,
                             parser_.context_mark.line + 1);
    }
    fail(at, message);
    return Error{std::move(problem_)};
  }

  [[nodiscard]] base::Span span(const Event& event) const {
    return {characters_.offset(event->start_mark), characters_.offset(event->end_mark)};
  }

  void take(const Event& event) {
    switch (event->type) {
      case YAML_DOCUMENT_START_EVENT:
        anchors_.clear();
        break;
      case YAML_DOCUMENT_END_EVENT:
        close_document();
        break;
      case YAML_SCALAR_EVENT:
        take_scalar(event);
        break;
      case YAML_SEQUENCE_START_EVENT:
        open(event, false, view(event->data.sequence_start.anchor),
             view(event->data.sequence_start.tag));
        break;
      case YAML_MAPPING_START_EVENT:
        open(event, true, view(event->data.mapping_start.anchor),
             view(event->data.mapping_start.tag));
        break;
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        close(event);
        break;
      case YAML_ALIAS_EVENT:
        take_alias(event);
        break;
      default:
        break;
    }
  }

  void close_document() {
    file_.documents.push_back(
        std::make_shared<const Document>(source_, std::move(nodes_), std::move(texts_)));
    nodes_.clear();
    texts_.clear();
  }

  std::string_view keep(std::string_view text) {
    texts_.push_back(std::make_unique<std::string>(text));
    return *texts_.back();
  }

  // The text of a scalar: a view of the file where it stands there as it is.
  std::string_view text_of(const Event& event, base::Span place) {
    const std::string_view value = view(event->data.scalar.value, event->data.scalar.length);
    const std::string_view written = text_.substr(place.begin, place.end - place.begin);
    if (written == value) return written;
    const bool quoted = written.size() >= 2;
    if (quoted && written.substr(1, written.size() - 2) == value)
      return written.substr(1, written.size() - 2);
    return keep(value);
  }

  bool count_node(std::uint32_t at) { return count_nodes(1, at); }

  bool count_nodes(std::size_t more, std::uint32_t at) {
    count_ += more;
    if (count_ <= kYamlNodes) return true;
    fail(at, fmt::format("more than {} values, aliases filled in", kYamlNodes));
    return false;
  }

  // Adds a node below the open container, or as the root; a scalar may become a key instead.
  std::uint32_t add(Node node) {
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    if (!open_.empty()) {
      Open& parent = open_.back();
      if (parent.map) {
        node.key = parent.key;
        node.key_span = parent.key_span;
        parent.has_key = false;
        if (parent.merge_key) merges_.push_back(index);
      }
      (parent.last == 0 ? nodes_[parent.node].first : nodes_[parent.last].next) = index;
      parent.last = index;
      ++nodes_[parent.node].size;
    }
    nodes_.push_back(node);
    return index;
  }

  [[nodiscard]] bool wants_key() const {
    return !open_.empty() && open_.back().map && !open_.back().has_key;
  }

  void take_scalar(const Event& event) {
    const base::Span place = span(event);
    if (!count_node(place.begin)) return;
    const auto& scalar = event->data.scalar;
    const bool plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (wants_key()) {
      take_key(text_of(event, place), place, plain);
      if (const auto anchor = view(scalar.anchor); !anchor.empty()) {
        fail(place.begin, "an anchor on a key");
      }
      return;
    }
    Node node;
    node.span = place;
    node.text = text_of(event, place);
    node.kind = NodeKind::string;
    const std::string_view tag = view(scalar.tag);
    if (!resolve_yaml_scalar(node, plain, tag)) {
      fail(place.begin, fmt::format("not what its tag `{}` says", tag));
      return;
    }
    if (!tag.empty() && !tag.starts_with("tag:yaml.org,2002:")) node.tag = keep(tag);
    const std::uint32_t index = add(node);
    if (const auto anchor = view(scalar.anchor); !anchor.empty())
      anchors_[std::string(anchor)] = {index, true};
  }

  void take_key(std::string_view key, base::Span place, bool plain) {
    Open& map = open_.back();
    map.key = key;
    map.key_span = place;
    map.has_key = true;
    map.merge_key = plain && key == "<<";
    map.merges = map.merges || map.merge_key;
    if (map.merge_key) return;
    const base::Span* first = nullptr;
    constexpr std::uint32_t kFew = 8;
    if (nodes_[map.node].size < kFew) {
      for (std::uint32_t child = nodes_[map.node].first; child != 0; child = nodes_[child].next) {
        if (nodes_[child].key == key) first = &nodes_[child].key_span;
      }
    } else {
      if (map.keys == nullptr) {
        map.keys = std::make_unique<Keys>();
        for (std::uint32_t child = nodes_[map.node].first; child != 0; child = nodes_[child].next)
          map.keys->emplace(nodes_[child].key, nodes_[child].key_span);
      }
      const auto [known, fresh] = map.keys->emplace(key, place);
      if (!fresh) first = &known->second;
    }
    if (first != nullptr) file_.duplicates.push_back({std::string(key), *first, place});
  }

  void open(const Event& event, bool map, std::string_view anchor, std::string_view tag) {
    const base::Span place = span(event);
    if (wants_key()) return fail(place.begin, "a key that is a list or a map");
    if (open_.size() >= kYamlDepth)
      return fail(place.begin, fmt::format("nested deeper than {}", kYamlDepth));
    if (!count_node(place.begin)) return;
    Node node;
    node.kind = map ? NodeKind::map : NodeKind::list;
    node.span = place;
    if (!tag.empty() && !tag.starts_with("tag:yaml.org,2002:")) node.tag = keep(tag);
    Open opened{add(node)};
    opened.map = map;
    opened.anchor = anchor;
    opened.before = count_ - 1;
    if (!anchor.empty()) anchors_[opened.anchor] = {opened.node, false};
    open_.push_back(std::move(opened));
    if (depths_.size() < nodes_.size()) depths_.resize(nodes_.size());
  }

  void close(const Event& event) {
    Open closed = std::move(open_.back());
    open_.pop_back();
    Node& node = nodes_[closed.node];
    // Of a block the end lies behind the line ends and comments after it: its last child ends it.
    const std::uint32_t end = characters_.offset(event->end_mark);
    const bool flow =
        end > 0 && end <= text_.size() && (text_[end - 1] == ']' || text_[end - 1] == '}');
    if (flow) {
      node.span.end = end;
    } else if (closed.last != 0) {
      node.span.end = std::max(node.span.begin, nodes_[closed.last].span.end);
    }
    if (closed.merges) fill_merges(closed);
    if (!problem_.empty()) return;
    if (!closed.anchor.empty()) {
      Anchor& anchor = anchors_[closed.anchor];
      anchor.complete = true;
      anchor.weight = count_ - closed.before;
    }
    if (depths_.size() < nodes_.size()) depths_.resize(nodes_.size());
    depths_[closed.node] = closed.depth;
    if (!open_.empty()) open_.back().depth = std::max(open_.back().depth, closed.depth + 1);
  }

  void take_alias(const Event& event) {
    const base::Span place = span(event);
    const std::string_view name = view(event->data.alias.anchor);
    const auto found = anchors_.find(name);
    if (found == anchors_.end())
      return fail(place.begin, fmt::format("the alias `*{}` names no anchor", name));
    if (!found->second.complete)
      return fail(place.begin, fmt::format("the alias `*{}` stands inside what it names", name));
    const Node named = nodes_[found->second.node];
    if (wants_key()) {
      const bool scalar = named.kind != NodeKind::list && named.kind != NodeKind::map;
      if (!scalar) return fail(place.begin, "a key that is a list or a map");
      return take_key(named.text, place, false);
    }
    // What would be too much is not begun.
    if (!count_nodes(found->second.weight, place.begin)) return;
    count_ -= found->second.weight;  // copying counts them one by one
    const std::uint32_t copy = copy_tree(found->second.node, place.begin);
    if (problem_.empty() && !open_.empty() && depths_.size() > copy)
      open_.back().depth = std::max(open_.back().depth, depths_[copy] + 1);
  }

  // Adds a copy of a tree where a value is wanted; its places stay those of the anchor.
  std::uint32_t copy_tree(std::uint32_t from, std::uint32_t at) {
    if (!count_node(at)) return 0;
    Node node = nodes_[from];
    const std::uint32_t first = node.first;
    node.first = node.next = node.size = 0;
    const bool container = node.kind == NodeKind::list || node.kind == NodeKind::map;
    const std::size_t depth = container && from < depths_.size() ? depths_[from] : 0;
    if (open_.size() + depth > kYamlDepth) {
      fail(at, fmt::format("nested deeper than {}, aliases filled in", kYamlDepth));
      return 0;
    }
    const std::uint32_t index = add(node);
    if (depths_.size() < nodes_.size()) depths_.resize(nodes_.size());
    depths_[index] = depth;
    if (!container) return index;
    open_.push_back({index});
    open_.back().map = node.kind == NodeKind::map;
    for (std::uint32_t child = first; child != 0 && problem_.empty(); child = nodes_[child].next) {
      open_.back().key = nodes_[child].key;
      open_.back().key_span = nodes_[child].key_span;
      copy_tree(child, at);
    }
    open_.pop_back();
    return index;
  }

  // Takes the `<<` children out of a map and adds the keys of what they hold that it lacks.
  void fill_merges(Open& map) {
    std::vector<std::uint32_t> sources;
    std::vector<std::uint32_t> kept;
    for (std::uint32_t child = nodes_[map.node].first; child != 0; child = nodes_[child].next) {
      const bool merge = std::find(merges_.begin(), merges_.end(), child) != merges_.end();
      if (!merge) {
        kept.push_back(child);
      } else if (!add_merge_sources(child, sources)) {
        return fail(nodes_[child].key_span.begin, "`<<` wants a map, or a list of maps");
      }
    }
    std::erase_if(merges_, [&](std::uint32_t child) { return child > map.node; });
    relink(map.node, kept);
    Open filled{map.node};
    filled.map = true;
    filled.last = kept.empty() ? 0 : kept.back();
    open_.push_back(std::move(filled));
    std::map<std::string_view, bool> present;
    for (const std::uint32_t child : kept)
      present.emplace(nodes_[child].key, true);
    for (const std::uint32_t source : sources) {
      map.depth = std::max(map.depth, depths_[source]);
      for (std::uint32_t child = nodes_[source].first; child != 0 && problem_.empty();
           child = nodes_[child].next) {
        if (!present.emplace(nodes_[child].key, true).second) continue;
        open_.back().key = nodes_[child].key;
        open_.back().key_span = nodes_[child].key_span;
        copy_tree(child, nodes_[map.node].span.begin);
      }
    }
    open_.pop_back();
  }

  bool add_merge_sources(std::uint32_t merge, std::vector<std::uint32_t>& sources) const {
    if (nodes_[merge].kind == NodeKind::map) {
      sources.push_back(merge);
      return true;
    }
    if (nodes_[merge].kind != NodeKind::list) return false;
    for (std::uint32_t child = nodes_[merge].first; child != 0; child = nodes_[child].next) {
      if (nodes_[child].kind != NodeKind::map) return false;
      sources.push_back(child);
    }
    return true;
  }

  void relink(std::uint32_t map, const std::vector<std::uint32_t>& children) {
    nodes_[map].first = children.empty() ? 0 : children.front();
    nodes_[map].size = static_cast<std::uint32_t>(children.size());
    for (std::size_t index = 0; index < children.size(); ++index)
      nodes_[children[index]].next = index + 1 < children.size() ? children[index + 1] : 0;
  }

  std::shared_ptr<const base::Source> source_;
  std::string_view text_;
  Characters characters_;
  yaml_parser_t parser_{};
  YamlFile file_;
  std::vector<Node> nodes_;
  std::vector<std::unique_ptr<std::string>> texts_;
  std::vector<std::size_t> depths_;  // by node: levels below it; set when it is closed
  std::vector<Open> open_;
  std::map<std::string, Anchor, std::less<>> anchors_;
  std::vector<std::uint32_t> merges_;  // children of open maps whose key is `<<`
  std::size_t count_ = 0;
  std::string problem_;
};

}  // namespace

Result<YamlFile> parse_yaml(const std::shared_ptr<const base::Source>& source) {
  const std::string_view text = source->text();
  if (text.size() > kYamlBytes) {
    return Error{
        fmt::format("line 1, column 1: {} bytes, more than the {} that a YAML file may have",
                    text.size(), kYamlBytes)};
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    return Error{"line 1, column 1: text in UTF-16; save it as UTF-8"};
  return Composer(source).run();
}

}  // namespace gate::readers
