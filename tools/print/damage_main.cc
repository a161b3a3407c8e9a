// hoidau-damage: makes of a printed page what an archive holds.
//
//   hoidau-damage corpus/dev/kh-001-…/layout.json --preset stamped --seed 7 --pdf scan.pdf --png pages/ --recipe
//   recipe.json hoidau-damage page-1.png page-2.png --truth truth.json --preset fax --seed 7 --pdf fax.pdf
//   hoidau-damage corpus/dev/kh-001-…/layout.json --again recipe.json --pdf scan.pdf        // the same bytes
//   hoidau-damage --list
//
// Input: a layout (set here at 300 dpi), or page images of one resolution (--dpi) with the truth of hoidau-print for
// the marks. Marks of the layout are drawn first; the preset "stamped" adds a seal and a signature to every signature
// place and an incoming stamp where the layout has none. The recipe names every mark and step with its numbers and
// seed.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "damage.h"
#include "marks.h"
#include "office_page.h"

namespace hoidau::print {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::vector<std::string> inputs;
  std::string truth, preset = "office-200-grey", again, png, pdf, recipe, font = "Liberation Serif";
  std::uint64_t seed = 1;
  int dpi = 300, quality = 60;
  bool list = false;
};

struct Page {
  Raster image;
  std::vector<Mark> marks;
  std::uint64_t marks_seed = 0;
  std::vector<DamageStep> steps;
};

Result<std::vector<Page>> LoadPages(const Options& options) {
  std::vector<Page> pages;
  const bool layout = options.inputs[0].ends_with(".json");
  for (const std::string& input : options.inputs) {
    const Result<std::string> bytes = ReadFile(input);
    if (!bytes) return bytes.error();
    if (layout) {
      PrintStyle style;
      style.font = options.font;
      const Result<OfficeDocument> document = OfficeDocument::FromLayout(*bytes, style);
      if (!document) return Error{document.error().code, input + ": " + document.error().message};
      for (std::size_t p = 0; p < document->pages().size(); ++p)
        pages.push_back({document->Draw(p, options.dpi), document->pages()[p].marks, 0, {}});
    } else {
      Result<Raster> image = DecodeImage(*bytes);
      if (!image) return Error{image.error().code, input + ": " + image.error().message};
      pages.push_back({std::move(*image), {}, 0, {}});
    }
  }
  if (!layout && !options.truth.empty()) {
    const Result<std::string> truth = ReadFile(options.truth);
    if (!truth) return truth.error();
    const auto marks = MarksFromTruth(*truth);
    if (!marks) return marks.error();
    for (std::size_t p = 0; p < std::min(pages.size(), marks->size()); ++p) pages[p].marks = (*marks)[p];
  }
  return pages;
}

bool Has(const std::vector<Mark>& marks, std::string_view kind) {
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) { return mark.kind == kind; });
}

// What a registry would have put on the pages.
void AddStamps(std::vector<Page>& pages, Rng& rng) {
  for (Page& page : pages) {
    for (std::size_t i = 0; i < page.marks.size(); ++i) {
      if (page.marks[i].kind != "signature_place") continue;
      const auto [kind, office, place] = page.marks[i];
      if (!Has(page.marks, "seal")) page.marks.push_back({"seal", office, {place.x - 8, place.y - 22, 100, 100}});
      if (!Has(page.marks, "signature"))
        page.marks.push_back({"signature", "", {place.x + 60, place.y + 2, 120, place.height - 6}});
    }
  }
  if (!pages.empty() && !Has(pages[0].marks, "incoming_stamp")) {
    pages[0].marks.push_back({"incoming_stamp",
                              "CÔNG VĂN ĐẾN\nSố: " + std::to_string(rng.Int(100, 900)) +
                                  "\nNgày: " + std::to_string(rng.Int(1, 28)) + "/" + std::to_string(rng.Int(1, 12)),
                              {55, rng.Uniform(112, 122), 125, 46}});
  }
}

Status Plan(const Options& options, std::vector<Page>& pages) {
  Rng rng(options.seed);
  if (options.preset == "stamped") AddStamps(pages, rng);
  for (std::size_t p = 0; p < pages.size(); ++p) {
    Rng own = rng.Fork(p + 1);
    pages[p].marks_seed = own.Next() >> 11;
    Result<std::vector<DamageStep>> steps = DamagePreset(options.preset, own);
    if (!steps) return steps.error();
    pages[p].steps = std::move(*steps);
  }
  return Done{};
}

Json RecipeOf(const Options& options, const std::vector<Page>& pages) {
  Json all = Json::array();
  for (const Page& page : pages) {
    Json marks = Json::array(), steps = Json::array();
    for (const Mark& mark : page.marks) {
      if (mark.kind != "signature_place")
        marks.push_back({{"kind", mark.kind},
                         {"text", mark.text},
                         {"box", {mark.box.x, mark.box.y, mark.box.width, mark.box.height}}});
    }
    for (const DamageStep& step : page.steps)
      steps.push_back({{"step", step.name}, {"params", step.params}, {"seed", step.seed}});
    all.push_back({{"marks", marks}, {"marks_seed", page.marks_seed}, {"steps", steps}});
  }
  return {{"preset", options.preset},
          {"seed", options.seed},
          {"print_dpi", options.dpi},
          {"jpeg_quality", options.quality},
          {"pages", all}};
}

Status FollowRecipe(const std::string& path, Options& options, std::vector<Page>& pages) {
  const Result<std::string> text = ReadFile(path);
  if (!text) return text.error();
  try {
    const Json recipe = Json::parse(*text);
    options.preset = recipe.at("preset").get<std::string>();
    options.seed = recipe.at("seed").get<std::uint64_t>();
    options.quality = recipe.at("jpeg_quality").get<int>();
    const Json& all = recipe.at("pages");
    if (all.size() != pages.size() || recipe.at("print_dpi").get<int>() != options.dpi)
      return Error{ErrorCode::kBadInput, path + " is for other pages"};
    for (std::size_t p = 0; p < pages.size(); ++p) {
      pages[p].marks_seed = all[p].at("marks_seed").get<std::uint64_t>();
      pages[p].marks.clear();
      for (const Json& mark : all[p].at("marks")) {
        const auto box = mark.at("box").get<std::array<double, 4>>();
        pages[p].marks.push_back(
            {mark.at("kind").get<std::string>(), mark.at("text").get<std::string>(), {box[0], box[1], box[2], box[3]}});
      }
      for (const Json& step : all[p].at("steps")) {
        pages[p].steps.push_back({step.at("step").get<std::string>(),
                                  step.at("params").get<std::map<std::string, double>>(),
                                  step.at("seed").get<std::uint64_t>()});
      }
    }
  } catch (const Json::exception& e) {
    return Error{ErrorCode::kBadInput, path + ": " + e.what()};
  }
  return Done{};
}

Status Run(Options options) {
  Result<std::vector<Page>> pages = LoadPages(options);
  if (!pages) return pages.error();
  Status planned = options.again.empty() ? Plan(options, *pages) : FollowRecipe(options.again, options, *pages);
  if (!planned) return planned;

  std::vector<PdfPage> scans;
  for (Page& page : *pages) {
    Rng rng(page.marks_seed);
    Result<Scan> scan = ApplyDamage(DrawMarks(page.image, options.dpi, page.marks, rng), options.dpi, page.steps);
    if (!scan) return scan.error();
    page.image = Raster();
    scans.push_back({std::move(scan->image), scan->dpi});
  }
  for (std::size_t p = 0; !options.png.empty() && p < scans.size(); ++p) {
    const Result<std::string> png = EncodePng(scans[p].image, scans[p].dpi);
    if (!png) return png.error();
    if (Status written = WriteFileAtomic(options.png + "/page-" + std::to_string(p + 1) + ".png", *png); !written)
      return written;
  }
  if (!options.pdf.empty()) {
    const Result<std::string> pdf = ImagePdf(scans, options.quality);
    if (!pdf) return pdf.error();
    if (Status written = WriteFileAtomic(options.pdf, *pdf); !written) return written;
  }
  if (!options.recipe.empty()) return WriteFileAtomic(options.recipe, RecipeOf(options, *pages).dump(1) + "\n");
  return Done{};
}

}  // namespace
}  // namespace hoidau::print

int main(int argc, char** argv) {
  hoidau::print::Options options;
  CLI::App app{"Damages printed pages as scanners and time do"};
  app.add_flag("--list", options.list, "names of the presets");
  app.add_option("input", options.inputs, "a layout.json, or page images");
  app.add_option("--truth", options.truth, "truth of hoidau-print, for the marks on page images");
  app.add_option("--preset", options.preset, "kind of damage");
  app.add_option("--seed", options.seed, "seed");
  app.add_option("--again", options.again, "follow this recipe instead of a preset");
  app.add_option("--dpi", options.dpi, "resolution of the print")->check(CLI::Range(50, 600));
  app.add_option("--font", options.font, "font family, for a layout");
  app.add_option("--png", options.png, "folder for page images");
  app.add_option("--pdf", options.pdf, "PDF of images alone");
  app.add_option("--quality", options.quality, "JPEG quality in the PDF")->check(CLI::Range(1, 100));
  app.add_option("--recipe", options.recipe, "what was done, JSON");
  CLI11_PARSE(app, argc, argv);
  if (options.list) {
    for (const std::string& name : hoidau::print::DamagePresets()) std::cout << name << '\n';
    return 0;
  }
  if (options.inputs.empty()) {
    std::cerr << "hoidau-damage: no input\n";
    return 2;
  }
  std::error_code ignored;
  if (!options.png.empty()) std::filesystem::create_directories(options.png, ignored);
  const hoidau::Status status = hoidau::print::Run(options);
  if (!status) {
    std::cerr << "hoidau-damage: " << status.error().message << '\n';
    return 1;
  }
  return 0;
}
