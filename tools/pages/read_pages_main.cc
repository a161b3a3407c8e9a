// hoidau-read-pages: what each step of reading a page brings, and what it costs.
//
//   hoidau-read-pages scan.pdf                          # {"before": […], "after": […], "seconds": {…}, "peak_mb": 214}
//   hoidau-read-pages scan.pdf --without deskew --without read_rest
//   hoidau-read-pages --list                            # the steps that can be left out
//
// Every page is recognised, whatever text layer it has. `before` and `after`: the text of each page before and after
// recovery. `seconds`: processor time of decoding the page, of its preparation, of Tesseract, of what is made of
// Tesseract's words, and of recovery; loading the models is in none of them.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <ctime>
#include <functional>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "ingest/reader.h"
#include "ocr/tesseract.h"
#include "pipeline/hoidau.h"
#include "pipeline/read_image_page.h"

namespace hoidau {
namespace {

struct Steps {
  PrepareOptions prepare;
  ReadPageOptions read;
};

const std::map<std::string, std::function<void(Steps&)>>& Without() {
  static const auto* const without = new std::map<std::string, std::function<void(Steps&)>>{
      {"turn", [](Steps& s) { s.prepare.quarter_turns = 0; }},
      {"flatten", [](Steps& s) { s.prepare.flatten = false; }},
      {"remove_ink", [](Steps& s) { s.prepare.remove_ink = false; }},
      {"deskew", [](Steps& s) { s.prepare.deskew = false; }},
      {"find_tables", [](Steps& s) { s.prepare.find_tables = false; }},
      {"find_frames", [](Steps& s) { s.prepare.find_frames = false; }},
      {"find_grey_seals", [](Steps& s) { s.prepare.find_grey_seals = false; }},
      {"fade_grey_seals", [](Steps& s) { s.prepare.fade_grey_seals = false; }},
      {"smooth", [](Steps& s) { s.prepare.smooth = false; }},
      {"remove_underlines", [](Steps& s) { s.prepare.remove_underlines = false; }},
      {"whiten", [](Steps& s) { s.prepare.whiten = false; }},
      {"drop_noise", [](Steps& s) { s.read.drop_noise = false; }},
      {"reread", [](Steps& s) { s.read.reread = false; }},
      {"read_rest", [](Steps& s) { s.read.read_rest = false; }},
      {"check_shapes", [](Steps& s) { s.read.check_shapes = false; }},
      {"clear_blanks", [](Steps& s) { s.read.clear_blanks = false; }},
  };
  return *without;
}

double Seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Counts the time of another engine.
class TimedEngine : public OcrEngine {
 public:
  explicit TimedEngine(std::unique_ptr<OcrEngine> engine) : engine_(std::move(engine)) {}
  std::string name() const override { return engine_->name(); }
  Result<std::vector<OcrLine>> Recognize(const Image& image, OcrScope scope) override {
    const double begin = Seconds();
    Result<std::vector<OcrLine>> lines = engine_->Recognize(image, scope);
    (scope == OcrScope::kPage ? page_ : again_) += Seconds() - begin;
    return lines;
  }
  double page() const { return page_; }
  double again() const { return again_; }

 private:
  std::unique_ptr<OcrEngine> engine_;
  double page_ = 0, again_ = 0;
};

Result<nlohmann::ordered_json> ReadPages(const std::string& file, const std::string& models,
                                         const std::string& language, const Steps& steps) {
  const Result<DocumentReader> reader = DocumentReader::Open(file, {.mode = LayerMode::kForce});
  if (!reader) return reader.error();
  Result<std::unique_ptr<OcrEngine>> opened = OpenTesseract({.language = language});
  if (!opened) return opened.error();
  TimedEngine engine(std::move(*opened));
  const Result<Pipeline> pipeline = Pipeline::Load({.models_dir = models});
  if (!pipeline) return pipeline.error();
  if (const Result<RecoveredDocument> warm = pipeline->Recover({}); !warm) return warm.error();

  Document document;
  document.source = reader->source();
  double decode = 0, pages = 0;
  for (int number = 1; number <= reader->page_count(); ++number) {
    const double begin = Seconds();
    const Result<PageText> layer = reader->TextLayer(number);
    const Result<Image> image = reader->Raster(number);
    const double decoded = Seconds();
    decode += decoded - begin;
    if (!layer || !image) return layer ? image.error() : layer.error();
    Result<OcrPage> page = ReadImagePage(engine, *image, number, steps.prepare, steps.read);
    if (!page) return page.error();
    pages += Seconds() - decoded;
    document.pages.push_back(std::move(page->page));
  }
  const double begin = Seconds();
  const Result<RecoveredDocument> recovered = pipeline->Recover(document);
  if (!recovered) return recovered.error();
  const double recovery = Seconds() - begin;

  nlohmann::ordered_json out;
  for (const Page& page : document.pages) out["before"].push_back(page.raw);
  for (const RecoveredPage& page : recovered->pages) out["after"].push_back(page.layer.text());
  out["seconds"] = {{"decode", decode},
                    {"prepare and order", pages - engine.page() - engine.again()},
                    {"tesseract", engine.page()},
                    {"tesseract again", engine.again()},
                    {"recovery", recovery}};
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  out["peak_mb"] = used.ru_maxrss / 1024;
  return out;
}

int Main(int argc, char** argv) {
  std::string file, models, language = "vie";
  std::vector<std::string> without;
  bool list = false;
  CLI::App app{"Reads the pages of a scan with steps left out; prints the text before and after recovery, and costs."};
  app.add_option("file", file, "PDF or image");
  app.add_option("--without", without, "step to leave out; may be given again")->allow_extra_args(false);
  app.add_option("--models", models, "models folder");
  app.add_option("--language", language, "Tesseract's model");
  app.add_flag("--list", list, "the steps");
  CLI11_PARSE(app, argc, argv);
  if (list) {
    for (const auto& [name, leave_out] : Without()) std::cout << name << '\n';
    return 0;
  }
  Steps steps;
  for (const std::string& name : without) {
    const auto step = Without().find(name);
    if (step == Without().end()) {
      std::cerr << "hoidau-read-pages: no step is called " << name << "; see --list\n";
      return 1;
    }
    step->second(steps);
  }
  const Result<nlohmann::ordered_json> read = ReadPages(file, models, language, steps);
  if (!read) {
    std::cerr << "hoidau-read-pages: " << read.error().message << '\n';
    return 2;
  }
  std::cout << read->dump(1) << '\n';
  return 0;
}

}  // namespace
}  // namespace hoidau

int main(int argc, char** argv) { return hoidau::Main(argc, argv); }
