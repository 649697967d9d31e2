#include "gate/readers/formats/markdown.h"

#include <chrono>
#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace gate::readers {
namespace {

std::string place(std::string_view text, base::Span span) {
  const base::LineIndex lines(text);
  const base::Position begin = lines.position(span.begin);
  const base::Position end = lines.position(span.end);
  return begin.line == end.line
             ? fmt::format("{}:{}-{}", begin.line, begin.column, end.column)
             : fmt::format("{}:{}-{}:{}", begin.line, begin.column, end.line, end.column);
}

// Returns everything that was found, one thing a line.
std::string spell(std::string_view text) {
  const MarkdownDocument document = parse_markdown(text);
  std::string out;
  for (const MarkdownHeading& heading : document.headings) {
    out += fmt::format("h{} {} #{} {} words:{}\n", heading.level, heading.text, heading.anchor,
                       place(text, heading.span), heading.words);
  }
  for (const MarkdownLink& link : document.links) {
    out += fmt::format("{} {} {}\n", link.image ? "image" : "link", link.target,
                       place(text, link.span));
  }
  for (const MarkdownTask& task : document.tasks) {
    out += fmt::format("task {}|{}|{} {} box:{}\n", task.done ? "done" : "open", task.text,
                       task.section, place(text, task.span), place(text, task.box));
  }
  for (const MarkdownComment& comment : document.comments) {
    out += fmt::format("comment {} {}{}\n", comment.text, place(text, comment.span),
                       comment.task ? fmt::format(" task:{}", *comment.task) : "");
  }
  for (const std::string& anchor : document.anchors)
    out += fmt::format("anchor {}\n", anchor);
  return out;
}

struct Case {
  const char* name;
  std::string text;
  std::string spelled;
};

void check(std::initializer_list<Case> cases) {
  for (const Case& test : cases) {
    CAPTURE(test.name, test.text);
    CHECK(spell(test.text) == test.spelled);
  }
}

}  // namespace

TEST_CASE("Headings are found with level, text, anchor and the words below") {
  check({
      {"levels", "# A\none two\n## B\nthree\n# C\n",
       "h1 A #a 1:1-4 words:3\nh2 B #b 3:1-5 words:1\nh1 C #c 5:1-4 words:0\n"},
      {"a heading's own words and those of headings below it do not count", "# A\n## B c d\n",
       "h1 A #a 1:1-4 words:0\nh2 B c d #b-c-d 2:1-9 words:0\n"},
      {"setext", "Title\nof two lines\n===\nSub\n---\n",
       "h1 Title of two lines #title-of-two-lines 1:1-2:13 words:0\nh2 Sub #sub 4:1-4 words:0\n"},
      {"closing marks", "## A ##  \n### B#\n# #\n",
       "h2 A #a 1:1-8 words:0\nh3 B# #b 2:1-7 words:0\nh1  # 3:1-4 words:0\n"},
      {"no headings", "#A\n####### B\n\\# C\n    # D\n", ""},
      {"up to three blanks in front", "   # A\n", "h1 A #a 1:4-7 words:0\n"},
      {"inline marks", "# *a* **b `c_d`** ~~e~~ [f](g) ![h](i) \\* &amp; <b>j</b>\n",
       "h1 a b c_d e f  * & j #a-b-c_d-e-f----j 1:1-57 words:0\nlink g 1:29-30\nimage i 1:37-38\n"},
      {"in quotes and lists", "> # A\n\n- # B\n", "h1 A #a 1:3-6 words:0\nh1 B #b 3:3-6 words:0\n"},
      {"in HTML", "<h1 align=\"center\">\n  <b>A</b> tool\n</h1>\n\ntext\n",
       "h1 A tool #a-tool 1:1-3:6 words:1\n"},
  });
}

TEST_CASE("Anchors are those of GitHub") {
  check({
      {"doubles are numbered", "# A\n# A\n# A-1\n# a\n",
       "h1 A #a 1:1-4 words:0\nh1 A #a-1 2:1-4 words:0\nh1 A-1 #a-1-1 3:1-6 words:0\n"
       "h1 a #a-2 4:1-4 words:0\n"},
      {"emoji go, their blank stays", "# \U0001F680 Production Checklist - CRM\n",
       "h1 \U0001F680 Production Checklist - CRM #-production-checklist---crm 1:1-34 words:0\n"},
      {"letters of all scripts stay", "## قبل النشر - Pre-Deployment\n# Ünïcode ÄÖ\n# 数据\n",
       "h2 قبل النشر - Pre-Deployment #قبل-النشر---pre-deployment 1:1-38 words:0\n"
       "h1 Ünïcode ÄÖ #ünïcode-äö 2:1-17 words:0\nh1 数据 #数据 3:1-9 words:0\n"},
      {"punctuation goes", "# What's new? (1.0) & more: a_b/c\n",
       "h1 What's new? (1.0) & more: a_b/c #whats-new-10--more-a_bc 1:1-34 words:0\n"},
      {"blanks are not folded", "# a  b\n", "h1 a  b #a--b 1:1-7 words:0\n"},
      {"an emoji by name", "# :rocket: Go\n", "h1 :rocket: Go #rocket-go 1:1-14 words:0\n"},
  });
}

TEST_CASE("Code and comments hold no Markdown") {
  check({
      {"fence", "```sh\n# A\n- [ ] b\n[c](d)\n```\n# E\n", "h1 E #e 6:1-4 words:0\n"},
      {"longer fence", "````\n```\n# A\n````\n# B\n", "h1 B #b 5:1-4 words:0\n"},
      {"tilde fence", "~~~ `x`\n```\n~~~\n# A\n", "h1 A #a 4:1-4 words:0\n"},
      {"a fence without an end goes to the end", "```\n# A\n", ""},
      {"a fence in an item ends with it", "- ```\n  # A\n\n# B\n", "h1 B #b 4:1-4 words:0\n"},
      {"a fence with a backtick in its info is text", "``` a`b\n# A\n", "h1 A #a 2:1-4 words:0\n"},
      {"indented code", "text\n\n    # A\n\n    - [ ] b\n\tc [d](e)\n", ""},
      {"but not below a paragraph", "text\n    [a](b)\n", "link b 2:9-10\n"},
      {"code span", "`[a](b)` ``c ` [d](e)`` `f [g](h)\n", "link h 1:32-33\n"},
      {"comment", "<!-- [a](b)\n# C\n- [ ] d -->\n# E\n",
       "h1 E #e 4:1-4 words:0\ncomment [a](b)\n# C\n- [ ] d 1:6-3:8\n"},
      {"comment in a line", "a <!-- [b](c) --> [d](e)\n",
       "link e 1:23-24\ncomment [b](c) 1:8-14\n"},
      {"comment without an end", "a\n\n<!-- b\n# C\n", ""},
      {"metadata at the start", "---\ntitle: x\ntags: [a](b)\n---\n# A\n",
       "h1 A #a 5:1-4 words:0\n"},
      {"no metadata between two breaks", "---\n\n# A\n\n---\n", "h1 A #a 3:1-4 words:0\n"},
  });
}

TEST_CASE("Links of every form are found where they were written") {
  check({
      {"inline", "a [b](c.md) [d](<e f.md> \"t\") [g]( h 't' ) [i](j(k)l) [m]()\n",
       "link c.md 1:7-11\nlink e f.md 1:18-24\nlink h 1:36-37\nlink j(k)l 1:48-53\nlink  "
       "1:59-59\n"},
      {"no links", "[a] (b) [c](d e) \\[f](g) [h](i\n\n[j][k] [l]\n", ""},
      {"images", "![a](b.png) [![c](d.png)](e)\n",
       "image b.png 1:6-11\nimage d.png 1:19-24\nlink e 1:27-28\n"},
      {"no link in a link", "[a [b](c) d](e)\n", "link c 1:8-9\n"},
      {"reference: the target stands in the definition",
       "[a][B  c] [d] [e][]\n\n[b C]: f.md 'title'\n[d]: <g h>\n\n[e]:\n  i.md\n",
       "link f.md 3:8-12\nlink g h 4:7-10\nlink i.md 7:3-7\n"},
      {"no definitions", "text\n[a]: b\n\n[c]: d e\n\n[^1]: f\n\n[]: g\n", ""},
      {"autolinks", "<https://example.org/a?b> <me@example.org> <a b> <x:> <1:2>\n",
       "link https://example.org/a?b 1:2-25\nlink mailto:me@example.org 1:28-42\n"},
      {"escapes are resolved, percent-escapes stay", "[a](b\\_c%20d&amp;e)\n",
       "link b_c%20d&e 1:5-19\n"},
      {"HTML", "<p><a href=\"a.md\">b</a> <img alt='' src=c.png></p>\n\nd <a name='e' id=f></a>\n",
       "link a.md 1:13-17\nimage c.png 1:41-46\nanchor e\nanchor f\n"},
      {"across lines", "[a\nb](c\n\"d\")\n", "link c 2:4-5\n"},
      {"in tables", "a | b\n--|--\n`|` [c](d) | e \\| `f\n[g](h) | i`\n",
       "link d 3:9-10\nlink h 4:5-6\n"},
      {"in quotes, items and headings", "> [a](b)\nlazy [c](d)\n\n1. x\n\n   [e](f)\n# [g](h)\n",
       "h1 g #g 7:1-9 words:0\nlink b 1:7-8\nlink d 2:10-11\nlink f 6:8-9\nlink h 7:7-8\n"},
  });
}

TEST_CASE("Task items are found with box, text and section") {
  check({
      {"bullets and numbers", "# S\n- [ ] a\n* [x] b\n+ [X] c\n1. [ ] d\n2) [x] e\n",
       "h1 S #s 1:1-4 words:5\n"
       "task open|a|S 2:3-8 box:2:3-6\ntask done|b|S 3:3-8 box:3:3-6\ntask done|c|S 4:3-8 "
       "box:4:3-6\n"
       "task open|d|S 5:4-9 box:5:4-7\ntask done|e|S 6:4-9 box:6:4-7\n"},
      {"no task items", "[ ] a\n- a [ ] b\n- [] c\n- [y] d\n- [ ]e\n- [x](f)\n- \\[ ] g\n",
       "link f 6:7-8\n"},
      {"nested", "1. [ ] **a**\n   - [x] b\n     - [ ] c\n  - [ ] d\n\n> - [ ] e\n",
       "task open|a| 1:4-13 box:1:4-7\ntask done|b| 2:6-11 box:2:6-9\ntask open|c| 3:8-13 "
       "box:3:8-11\n"
       "task open|d| 4:5-10 box:4:5-8\ntask open|e| 6:5-10 box:6:5-8\n"},
      {"with tabs", "-\t[ ] a\n\t- [x] b\n",
       "task open|a| 1:3-8 box:1:3-6\ntask done|b| 2:4-9 box:2:4-7\n"},
      {"wrapped text is one line", "- [ ] a `b`\n  c\nd\n\n  not this\n",
       "task open|a b c d| 1:3-12 box:1:3-6\n"},
      {"with a fence below", "- [ ] **Git:** commit\n  ```bash\n  git status\n  - [ ] no\n  ```\n",
       "task open|Git: commit| 1:3-22 box:1:3-6\n"},
      {"without text", "- [ ]\n- [x] \n",
       "task open|| 1:3-6 box:1:3-6\ntask done|| 2:3-6 box:2:3-6\n"},
      {"comments belong to their item",
       "- [ ] a <!-- gate: x.y -->\n- [ ] b\n  <!-- z -->\n  - c <!-- not b -->\n\n<!-- none -->\n",
       "task open|a| 1:3-27 box:1:3-6\ntask open|b| 2:3-8 box:2:3-6\n"
       "comment gate: x.y 1:14-23 task:0\ncomment z 3:8-9 task:1\ncomment not b 4:12-17\n"
       "comment none 6:6-10\n"},
      // The layout of these letters differs from run to run.
      // clang-format off
      {"right to left", "## الأمان\n- [ ] `APP_DEBUG` = false ⚠️\n",
       "h2 الأمان #الأمان 1:1-16 words:3\ntask open|APP_DEBUG = false ⚠️|الأمان 2:3-33 box:2:3-6\n"},
      // clang-format on
  });
}

TEST_CASE("Line ends and byte order marks are no text") {
  CHECK(spell("\xEF\xBB\xBF# A\r\n\r\n- [ ] b\r\n```\r\n# c\r\n```\r\n[d](e)\r\n") ==
        "h1 A #a 1:4-7 words:3\nlink e 7:5-6\ntask open|b|A 3:3-8 box:3:3-6\n");
  CHECK(spell("Title\r\n===\r\n[a]: b\r\n") == "h1 Title #title 1:1-6 words:0\nlink b 3:6-7\n");
}

TEST_CASE("Words are counted in prose and code, in every script") {
  struct Words {
    const char* text;
    std::uint32_t words;
  };
  const Words cases[] = {
      {"", 0},
      {"one two-three\nfour", 3},
      {"# not these\n- and these\n", 2},
      {"- * > ... | --- ***\n", 0},
      {"```\ncode is text\n```\n", 3},
      {"[link text](target) ![none](x) <!-- none -->", 2},
      {"<p>some <b>bold</b> text</p>", 3},
      {"| a | b |\n|---|---|\n| c d | e |\n", 5},
      {"قبل النشر الآن", 3},
      {"数据库 カナ x", 6},
      {"1 2 3", 3},
  };
  for (const Words& test : cases) {
    CAPTURE(test.text);
    CHECK(parse_markdown(test.text).words == test.words);
  }
}

TEST_CASE("Any bytes are Markdown") {
  CHECK(spell("") == "");
  CHECK(spell("\n\n\r\r\n") == "");
  CHECK(spell(std::string("# a\0b\n", 6)) ==
        fmt::format("h1 {} #ab 1:1-6 words:0\n", std::string("a\0b", 3)));
  CHECK(spell("# \xFF\xC3 a\xE0\x80\n- [ ] \xF0\x9F\n") ==
        "h1 \xFF\xC3 a\xE0\x80 #-a 1:1-9 words:1\ntask open|\xF0\x9F|\xFF\xC3 a\xE0\x80 2:3-9 "
        "box:2:3-6\n");
  CHECK(spell("- [") == "");
  CHECK(spell("[a](") == "");
  CHECK(spell("<a href=") == "");
  CHECK(spell("&#x") == "");
  CHECK(spell("> \t-\t[ ]\ta") == "task open|a| 1:6-11 box:1:6-9\n");
}

TEST_CASE("Reading takes linear time, however marks are piled up") {
  constexpr std::size_t kBytes = 400'000;
  const auto repeat = [](std::string_view unit) {
    std::string text;
    while (text.size() < kBytes)
      text += unit;
    return text;
  };
  const std::string texts[] = {
      repeat("["),
      repeat("[a]("),
      repeat("![a]("),
      repeat("`"),
      repeat("` `` "),
      repeat("*a **b "),
      repeat("*a_ "),
      repeat("**a*_b_ "),
      repeat("<!--"),
      repeat("<a b='"),
      repeat("<?"),
      repeat("<![CDATA["),
      repeat("> "),
      repeat("- "),
      repeat("1. "),
      repeat("[a]: b\n"),
      repeat("[a](<"),
      repeat("&#"),
      repeat("<"),
      repeat("~a~~b"),
      repeat("a|b\n-|-\n"),
      repeat("\\"),
      repeat("]"),
      repeat("[a][b]"),
      repeat("```\n"),
      repeat("# a\n"),
      repeat("[a](b \"c "),
      repeat("!["),
      repeat("- ") + repeat("\n"),
      repeat("> ") + repeat("a\n"),
      repeat("[") + repeat("]"),
      repeat("*") + "a" + repeat("*"),
      repeat("a\n") + "===",
      repeat("<h1>"),
  };
  for (const std::string& text : texts) {
    CAPTURE(text.substr(0, 20));
    const auto begin = std::chrono::steady_clock::now();
    const MarkdownDocument document = parse_markdown(text);
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    CHECK(time.count() < 5);  // quadratic would be minutes
  }
}

}  // namespace gate::readers
