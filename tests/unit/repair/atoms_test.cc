#include "repair/atoms.h"

#include <gtest/gtest.h>

#include "text/unicode.h"

namespace hoidau {
namespace {

Document FromText(const std::string& text) {
  Document document;
  document.pages.push_back(PlainTextPage(text, 1));
  return document;
}

std::string Print(const AtomizedDocument& d) {
  std::string out;
  for (const Paragraph& p : d.paragraphs) {
    for (std::size_t i = p.begin; i < p.end; ++i) {
      const Atom& a = d.atoms[i];
      out += (i == p.begin ? "" : a.glued ? "+" : " ") + ToUtf8(a.text) + (a.fixed ? "=" : a.symbol ? "#" : "");
    }
    out += "|";
  }
  return out;
}

TEST(Atoms, CutsTokensAndKeepsNumbersAddressesAndSymbolsApart) {
  struct Case {
    const char* text;
    const char* want;
  };
  for (const Case& c : {Case{"(mg dung", "(+mg dung|"},
                        {"ngay 19/9/2025.", "ngay 19=+/=+9=+/=+2025=+.=|"},
                        {"57-NQ/TW", "57=+-#+NQ#+/#+TW#|"},
                        {"gui ve a.b@xa.gov.vn", "gui ve a=+.=+b=+@=+xa=+.=+gov=+.=+vn=|"},
                        {"https://xa.vn/tin", "https=+:=+/=+/=+xa=+.=+vn=+/=+tin=|"},
                        {"x@ hoi", "x+@ hoi|"},
                        {"và/hoặc", "và+/+hoặc|"}}) {
    EXPECT_EQ(Print(Atomize(FromText(c.text), true)), c.want) << c.text;
  }
}

TEST(Atoms, ParagraphsRunOverLineEndsUntilSomethingNewBegins) {
  EXPECT_EQ(Print(Atomize(FromText("mot hai ba bon\nnam sau bay tam\n"), true)), "mot hai ba bon nam sau bay tam|");
  EXPECT_EQ(Print(Atomize(FromText("mot hai ba bon.\nnam sau bay\n"), true)), "mot hai ba bon+.|nam sau bay|");
  EXPECT_EQ(Print(Atomize(FromText("mot hai ba bon\n- nam sau\n"), true)), "mot hai ba bon|- nam sau|");
  EXPECT_EQ(Print(Atomize(FromText("mot hai ba bon\n\nnam sau bay\n"), true)), "mot hai ba bon|nam sau bay|");
  EXPECT_EQ(Print(Atomize(FromText("mot hai\nba bon\n"), false)), "mot hai|ba bon|");
}

TEST(Atoms, LinesInCapitalsAreKnown) {
  const AtomizedDocument d = Atomize(FromText("KE HOACH T6 CHUC\nSo: 15/KH-UBND cua xa"), false);
  EXPECT_TRUE(d.atoms[2].capital_line);
  EXPECT_FALSE(d.atoms[4].capital_line);
}

TEST(Atoms, EmptyDocument) {
  EXPECT_TRUE(Atomize(Document{}, true).paragraphs.empty());
  EXPECT_TRUE(Atomize(FromText(" \n\n"), true).atoms.empty());
}

}  // namespace
}  // namespace hoidau
