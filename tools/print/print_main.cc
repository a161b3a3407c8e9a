// hoidau-print: sets documents of the corpus and writes what was printed.
//
//   hoidau-print corpus/dev/kh-001-…/layout.json --text text.txt --pdf plan.pdf --png pages/ --dpi 300 --truth
//   truth.json hoidau-print corpus/dev corpus/held-out --texts          // text.txt beside every layout.json below
//
// --png writes page-1.png, page-2.png, …, without marks (seals, stamps, handwriting: hoidau-damage puts them on).
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "base/files.h"
#include "office_page.h"

namespace hoidau::print {
namespace {

struct Options {
  std::vector<std::string> inputs;
  std::string text, pdf, png, truth;
  int dpi = 300;
  bool texts = false;
  PrintStyle style;
};

Result<OfficeDocument> Load(const std::string& path, const PrintStyle& style) {
  const Result<std::string> json = ReadFile(path);
  if (!json) return json.error();
  Result<OfficeDocument> document = OfficeDocument::FromLayout(*json, style);
  if (!document) return Error{document.error().code, path + ": " + document.error().message};
  return document;
}

Status PrintOne(const Options& options) {
  const Result<OfficeDocument> document = Load(options.inputs[0], options.style);
  if (!document) return document.error();
  std::vector<std::pair<std::string, Result<std::string>>> files;
  if (!options.text.empty()) files.emplace_back(options.text, document->Text());
  if (!options.truth.empty()) files.emplace_back(options.truth, document->TruthJson());
  if (!options.pdf.empty()) files.emplace_back(options.pdf, document->Pdf());
  for (std::size_t p = 0; !options.png.empty() && p < document->pages().size(); ++p) {
    files.emplace_back(options.png + "/page-" + std::to_string(p + 1) + ".png",
                       EncodePng(document->Draw(p, options.dpi), options.dpi));
  }
  for (const auto& [path, content] : files) {
    if (!content) return content.error();
    if (Status written = WriteFileAtomic(path, *content); !written) return written;
  }
  std::cout << document->pages().size() << " pages\n";
  return Done{};
}

// One line a document, no text of it.
Status PrintTexts(const Options& options) {
  std::vector<std::filesystem::path> layouts;
  for (const std::string& input : options.inputs) {
    std::error_code failed;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(input, failed)) {
      if (entry.path().filename() == "layout.json") layouts.push_back(entry.path());
    }
    if (failed) return Error{ErrorCode::kIo, "cannot list " + input};
  }
  std::sort(layouts.begin(), layouts.end());
  bool all = true;
  for (const auto& layout : layouts) {
    const Result<OfficeDocument> document = Load(layout.string(), options.style);
    if (!document) {
      std::cerr << "hoidau-print: " << document.error().message << '\n';
      all = false;
      continue;
    }
    if (Status written = WriteFileAtomic((layout.parent_path() / "text.txt").string(), document->Text()); !written)
      return written;
    std::cout << layout.parent_path().filename().string() << '\t' << document->pages().size() << '\n';
  }
  if (!all) return Error{ErrorCode::kBadInput, "some documents could not be set"};
  return Done{};
}

}  // namespace
}  // namespace hoidau::print

int main(int argc, char** argv) {
  hoidau::print::Options options;
  CLI::App app{"Sets documents of the corpus as Decree 30 wants"};
  app.add_option("input", options.inputs, "layout.json, or folders with --texts")->required();
  app.add_option("--text", options.text, "the printed text");
  app.add_option("--pdf", options.pdf, "PDF with text");
  app.add_option("--png", options.png, "folder for page images");
  app.add_option("--truth", options.truth, "lines and words in boxes, JSON");
  app.add_option("--dpi", options.dpi, "resolution of the page images")->check(CLI::Range(50, 600));
  app.add_option("--font", options.style.font, "font family");
  app.add_option("--spacing", options.style.line_spacing, "line spacing")->check(CLI::Range(0.8, 2.0));
  app.add_flag("--texts", options.texts, "write text.txt beside every layout.json below the folders");
  CLI11_PARSE(app, argc, argv);
  std::error_code ignored;
  if (!options.png.empty()) std::filesystem::create_directories(options.png, ignored);
  const hoidau::Status status = options.texts ? hoidau::print::PrintTexts(options) : hoidau::print::PrintOne(options);
  if (!status) {
    std::cerr << "hoidau-print: " << status.error().message << '\n';
    return 1;
  }
  return 0;
}
