// hoidau-pairs: aligned pairs (observed, true) for learning a channel. Sets paragraphs on pages, damages them as
// scanners do, has Tesseract read them, and aligns what it read with what was printed.
//
//   hoidau-pairs --text body.txt --short short.txt --engine best=tessdata/best:eng --engine fast=/usr/share/…:eng
//                --preset varied-fair --pages 160 --seed 1 --out pairs.tsv [--keep pages/]
//
// or, for pages that were read already:
//   hoidau-pairs --observed read.txt --true printed.txt --out pairs.tsv
//
// --text: one paragraph a line. --short: names, places, titles of documents, one a line; set as headings and list
// items, plain and in capitals. Engines take turns, in the order given; name one twice to have it read more.
// Output: observed TAB true TAB engine TAB kind, a line a pair; kind is the preset. The same arguments give the same
// file. --keep writes what was read and what was printed, page by page.
#include <tesseract/baseapi.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>

#include "align.h"
#include "base/files.h"
#include "damage.h"
#include "text/tokenizer.h"
#include "text/unicode.h"
#include "text_page.h"

namespace hoidau::print {
namespace {

constexpr int kPrintDpi = 300;
constexpr std::size_t kLongestParagraph = 1200;  // bytes; longer ones are cut at a blank

struct Engine {
  std::string name;
  std::unique_ptr<tesseract::TessBaseAPI> api;
};

// NAME=DATADIR:LANGUAGE
Result<Engine> OpenEngine(const std::string& spec) {
  const std::size_t equals = spec.find('='), colon = spec.rfind(':');
  if (equals == std::string::npos || colon == std::string::npos || colon < equals) {
    return Error{ErrorCode::kBadInput, "an engine is NAME=DATADIR:LANGUAGE, not " + spec};
  }
  Engine engine{spec.substr(0, equals), std::make_unique<tesseract::TessBaseAPI>()};
  const std::string data = spec.substr(equals + 1, colon - equals - 1), language = spec.substr(colon + 1);
  if (engine.api->Init(data.c_str(), language.c_str(), tesseract::OEM_LSTM_ONLY) != 0) {
    return Error{ErrorCode::kMissing, "Tesseract cannot load " + language + " from " + data};
  }
  engine.api->SetPageSegMode(tesseract::PSM_AUTO);
  return engine;
}

std::string ReadPage(Engine& engine, const Scan& scan) {
  const Raster grey = ToGrey(scan.image);
  engine.api->SetImage(grey.pixels().data(), grey.width(), grey.height(), 1, grey.width());
  engine.api->SetSourceResolution(scan.dpi);
  const std::unique_ptr<char[]> text(engine.api->GetUTF8Text());
  return text ? ToNfc(MakeValidUtf8(text.get())) : std::string();
}

Result<std::vector<std::string>> ReadLines(const std::string& path) {
  Result<std::string> text = ReadFile(path);
  if (!text) return text.error();
  const std::string clean = ToNfc(MakeValidUtf8(*text));
  std::vector<std::string> lines;
  for (const ByteSpan line : SplitLines(clean)) {
    std::string folded = FoldSpace(line.In(clean));
    if (folded.size() > kLongestParagraph) folded.resize(folded.rfind(' ', kLongestParagraph));
    if (!folded.empty()) lines.push_back(std::move(folded));
  }
  if (lines.empty()) return Error{ErrorCode::kBadInput, path + " has no lines"};
  return lines;
}

// Makes the paragraphs of pages: body text in its order, and between it the short things that fill a plan.
class Writer {
 public:
  Writer(std::vector<std::string> body, std::vector<std::string> small, Rng& rng)
      : body_(std::move(body)), small_(std::move(small)), rng_(rng) {}

  TextParagraph Next() {
    const double dice = rng_.Unit();
    if (dice < 0.12) return {Numbering() + ToUpper(Small()), rng_.Chance(0.4) ? TextKind::kCentred : TextKind::kBold};
    if (dice < 0.22) return {Numbering() + Small(), TextKind::kBold};
    if (dice < 0.34) return {Item(), TextKind::kBody};
    if (dice < 0.44) return {"Căn cứ " + Reference() + " về " + Small() + ";", TextKind::kItalic};
    const TextKind kind = rng_.Chance(0.08) ? TextKind::kItalic : TextKind::kBody;
    return {(rng_.Chance(0.25) ? Numbering() : "") + body_[rng_.Below(body_.size())], kind};
  }

 private:
  const std::string& Small() { return small_[rng_.Below(small_.size())]; }
  std::string Pick(std::initializer_list<const char*> choices) { return choices.begin()[rng_.Below(choices.size())]; }

  std::string Numbering() {
    switch (rng_.Below(6)) {
      case 0:
        return Pick({"I. ", "II. ", "III. ", "IV. ", "V. ", "VI. ", "VII. "});
      case 1:
        return std::to_string(rng_.Int(1, 12)) + ". ";
      case 2:
        return std::to_string(rng_.Int(1, 5)) + "." + std::to_string(rng_.Int(1, 9)) + ". ";
      case 3:
        return Pick({"a) ", "b) ", "c) ", "d) ", "đ) ", "e) "});
      case 4:
        return Pick({"- ", "+ ", "* "});
      default:
        return "";
    }
  }
  std::string Reference() {
    return Pick(
               {"Kế hoạch", "Công văn", "Quyết định", "Nghị quyết", "Chỉ thị", "Thông báo", "Nghị định", "Hướng dẫn"}) +
           " số " + std::to_string(rng_.Int(1, 4000)) +
           Pick({"/KH-UBND", "/QĐ-UBND", "/NQ-HĐND", "/CT-TTg", "/QĐ-TTg", "/TB-UBND", "/UBND-VX", "/UBND-KT",
                 "/SNV-CCHC", "-KH/HU", "-NQ/TW", "/NĐ-CP", "/TT-BNV", "/STC-QLNS", "/BCĐ", "/SGDĐT-VP",
                 "/SKHCN-QLCN"}) +
           " " + Date();
  }
  std::string Date() {
    const std::string day = std::to_string(rng_.Int(1, 31)), month = std::to_string(rng_.Int(1, 12));
    const std::string year = std::to_string(rng_.Int(2008, 2027));
    const auto two = [](const std::string& n) { return (n.size() < 2 ? "0" : "") + n; };
    switch (rng_.Below(4)) {
      case 0:
        return "ngày " + two(day) + " tháng " + month + " năm " + year;
      case 1:
        return "ngày " + two(day) + "/" + two(month) + "/" + year;
      case 2:
        return "trước ngày " + day + "/" + month + "/" + year;
      default:
        return "ngày " + day + "/" + month + "/" + year;
    }
  }
  std::string Item() {
    switch (rng_.Below(5)) {
      case 0:
        return "Số: " + std::to_string(rng_.Int(1, 400)) +
               Pick({"/KH-UBND", "/UBND-VP", "/QĐ-UBND", "/TB-UBND", "/BC-UBND"});
      case 1:
        return Small() + ", " + Date();
      case 2:
        return "- " + Small() + ";";
      case 3:
        return "- " + Small() + ": " + std::to_string(rng_.Int(1, 200)) +
               Pick({" người", " hộ", "%", ".000.000 đồng", " ha", " triệu đồng"}) + ".";
      default:
        return "- Lưu: VT, " + Pick({"VP", "KT", "VHXH", "CT, PCT UBND", "NN&PTNT", "LĐTB&XH", "UBMTTQ", "ĐTN"}) + ".";
    }
  }

  std::vector<std::string> body_, small_;
  Rng& rng_;
};

struct Options {
  std::string text, small, preset, out, keep, observed, truth;
  std::vector<std::string> engines;
  int pages = 1;
  std::uint64_t seed = 1;
};

std::string Rows(const std::string& observed, const std::string& truth, const std::string& engine,
                 const std::string& kind) {
  std::string rows;
  for (const TokenPair& pair : AlignTokens(observed, truth)) {
    rows += pair.observed + '\t' + pair.truth + '\t' + engine + '\t' + kind + '\n';
  }
  return rows;
}

Status AlignFiles(const Options& options) {
  const Result<std::string> observed = ReadFile(options.observed), truth = ReadFile(options.truth);
  if (!observed) return observed.error();
  if (!truth) return truth.error();
  return WriteFileAtomic(options.out,
                         Rows(ToNfc(MakeValidUtf8(*observed)), ToNfc(MakeValidUtf8(*truth)), "file", "file"));
}

Status MakePages(const Options& options) {
  Rng rng(options.seed);
  Result<std::vector<std::string>> body = ReadLines(options.text), small = ReadLines(options.small);
  if (!body) return body.error();
  if (!small) return small.error();
  std::vector<Engine> engines;
  for (const std::string& spec : options.engines) {
    Result<Engine> engine = OpenEngine(spec);
    if (!engine) return engine.error();
    engines.push_back(std::move(*engine));
  }
  Writer writer(std::move(*body), std::move(*small), rng);
  const char* const fonts[] = {"Liberation Serif", "Liberation Serif", "TeX Gyre Termes", "FreeSerif"};

  std::string table;
  for (int number = 0; number < options.pages; ++number) {
    const TextStyle style{fonts[rng.Below(std::size(fonts))], 0.5 * rng.Int(22, 30), rng.Uniform(0.95, 1.3),
                          rng.Uniform(2, 9)};
    std::vector<TextParagraph> paragraphs;
    for (int i = 0; i < 40; ++i) paragraphs.push_back(writer.Next());
    const TextPage page = SetTextPage(paragraphs, style, kPrintDpi);
    const Result<std::vector<DamageStep>> steps = DamagePreset(options.preset, rng);
    if (!steps) return steps.error();
    const Result<Scan> scan = ApplyDamage(page.image, kPrintDpi, *steps);
    if (!scan) return scan.error();

    Engine& engine = engines[static_cast<std::size_t>(number) % engines.size()];
    const std::string observed = ReadPage(engine, *scan);
    table += Rows(observed, page.truth, engine.name, options.preset);
    if (!options.keep.empty()) {
      const std::string stem =
          options.keep + "/" + std::to_string(options.seed) + "-" + std::to_string(number) + "-" + engine.name;
      for (const auto& [suffix, content] : {std::pair{".observed.txt", observed}, std::pair{".true.txt", page.truth}}) {
        if (Status written = WriteFileAtomic(stem + suffix, content); !written) return written;
      }
      if (number < 4) {
        const Result<std::string> png = EncodePng(scan->image, scan->dpi);
        if (!png) return png.error();
        if (Status written = WriteFileAtomic(stem + ".png", *png); !written) return written;
      }
    }
    // A long run can be looked at, and used, before it ends.
    if (Status written = WriteFileAtomic(options.out, table); !written) return written;
  }
  return Done{};
}

}  // namespace
}  // namespace hoidau::print

int main(int argc, char** argv) {
  // Tesseract's threads cost more than they bring; the limit is read before main, so start again with it.
  if (!std::getenv("OMP_THREAD_LIMIT")) {
    setenv("OMP_THREAD_LIMIT", "1", 1);
    execv("/proc/self/exe", argv);
  }
  hoidau::print::Options options;
  CLI::App app{"Aligned pairs of what OCR reads and what was printed"};
  app.add_option("--text", options.text, "paragraphs, one a line");
  app.add_option("--short", options.small, "names, places, titles, one a line");
  app.add_option("--engine", options.engines, "NAME=DATADIR:LANGUAGE; may be repeated");
  app.add_option("--preset", options.preset, "damage preset");
  app.add_option("--pages", options.pages, "number of pages")->check(CLI::PositiveNumber);
  app.add_option("--seed", options.seed, "seed");
  app.add_option("--out", options.out, "table of pairs")->required();
  app.add_option("--keep", options.keep, "folder for the texts of each page");
  CLI::Option* observed = app.add_option("--observed", options.observed, "a text that was read");
  app.add_option("--true", options.truth, "what it should have been")->needs(observed);
  CLI11_PARSE(app, argc, argv);
  std::error_code ignored;
  if (!options.keep.empty()) std::filesystem::create_directories(options.keep, ignored);
  const hoidau::Status status =
      options.observed.empty() ? hoidau::print::MakePages(options) : hoidau::print::AlignFiles(options);
  if (!status) {
    std::cerr << "hoidau-pairs: " << status.error().message << '\n';
    return 1;
  }
  return 0;
}
