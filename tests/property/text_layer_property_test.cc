// The invariants of the provenance layer, on random texts and edits.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "support/seed.h"
#include "text/text_layer.h"

namespace hoidau {
namespace {

struct Case {
  std::string source;
  std::vector<TextEdit> edits;
};

Case RandomCase(std::mt19937& random) {
  const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  Case c;
  for (std::size_t n = below(40); n > 0; --n) c.source += static_cast<char>('a' + below(26));
  std::size_t at = 0;
  while (at <= c.source.size() && below(5) != 0) {
    const std::size_t begin = at + below(4);
    const std::size_t end = begin + below(4);
    if (end > c.source.size()) break;
    c.edits.push_back({MakeSpan(begin, end), std::string(below(4), static_cast<char>('A' + below(26)))});
    at = end;
  }
  return c;
}

// Both sides cut into pieces: the straightforward statement of what Apply means.
std::string Naive(const Case& c) {
  std::string out = c.source;
  for (auto it = c.edits.rbegin(); it != c.edits.rend(); ++it)
    out.replace(it->source_span.begin, it->source_span.size(), it->after);
  return out;
}

template <typename Check>
void ForRandomCases(Check check) {
  SCOPED_TRACE(SeedTrace());
  std::mt19937 random(TestSeed());
  for (int i = 0; i < 20'000; ++i) {
    const Case c = RandomCase(random);
    const auto layer = TextLayer::Apply(c.source, c.edits);
    ASSERT_TRUE(layer.ok());
    check(c, *layer);
    if (testing::Test::HasFailure()) {
      std::string edits;
      for (const TextEdit& e : c.edits) {
        edits += " [" + std::to_string(e.source_span.begin) + "," + std::to_string(e.source_span.end) + ")→\"" +
                 e.after + "\"";
      }
      FAIL() << "case " << i << ": \"" << c.source << "\"" << edits << " = \"" << layer->text() << "\"";
    }
  }
}

TEST(TextLayerProperty, ApplyIsReplacement) {
  ForRandomCases([](const Case& c, const TextLayer& layer) { EXPECT_EQ(layer.text(), Naive(c)); });
}

TEST(TextLayerProperty, SpansStayInsideAndMapMonotonically) {
  ForRandomCases([](const Case& c, const TextLayer& layer) {
    const auto size = static_cast<std::uint32_t>(layer.text().size());
    for (std::uint32_t b = 0; b <= size; ++b) {
      for (std::uint32_t e = b + 1; e <= size; ++e) {
        const ByteSpan s = layer.ToSource({b, e});
        EXPECT_LE(s.begin, s.end);
        EXPECT_LE(s.end, c.source.size());
        if (e < size) {
          EXPECT_LE(s.end, layer.ToSource({b, e + 1}).end);
        }
        if (b + 1 < e) {
          EXPECT_LE(s.begin, layer.ToSource({b + 1, e}).begin) << b << " " << e;
        }
      }
    }
  });
}

// The source of a span, mapped forth again, covers the span but for insertions at its ends: nothing gets lost.
TEST(TextLayerProperty, ThereAndBackCovers) {
  ForRandomCases([](const Case&, const TextLayer& layer) {
    const auto size = static_cast<std::uint32_t>(layer.text().size());
    const auto inserted = [&](std::uint32_t at) { return layer.ToSource({at, at + 1}).empty(); };
    for (std::uint32_t b = 0; b < size; ++b) {
      for (std::uint32_t e = b + 1; e <= size; ++e) {
        if (inserted(b) || inserted(e - 1)) continue;
        EXPECT_TRUE(layer.ToResult(layer.ToSource({b, e})).Contains(ByteSpan{b, e})) << b << " " << e;
      }
    }
  });
}

// Each edit by itself maps exactly to what it replaced, and untouched text to itself.
TEST(TextLayerProperty, EditsMapExactly) {
  ForRandomCases([](const Case& c, const TextLayer& layer) {
    std::size_t result = 0;
    std::size_t source = 0;
    for (const TextEdit& e : c.edits) {
      for (; source < e.source_span.begin; ++source, ++result) {
        EXPECT_EQ(layer.ToSource(MakeSpan(result, result + 1)), MakeSpan(source, source + 1));
        EXPECT_EQ(layer.ToResult(MakeSpan(source, source + 1)), MakeSpan(result, result + 1));
      }
      const ByteSpan after = MakeSpan(result, result + e.after.size());
      if (!after.empty()) {
        EXPECT_EQ(layer.ToSource(after), e.source_span);
      }
      if (!e.source_span.empty()) {
        EXPECT_EQ(layer.ToResult(e.source_span), after);
      }
      for (std::uint32_t at = e.source_span.begin + 1; at < e.source_span.end; ++at) {
        EXPECT_EQ(layer.ToResult({at, at}), after) << "a cut inside an edit";
      }
      result += e.after.size();
      source = e.source_span.end;
    }
  });
}

}  // namespace
}  // namespace hoidau
