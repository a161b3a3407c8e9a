#include "ingest/pdf.h"

#include <poppler/cpp/poppler-document.h>  // both interfaces have headers of the same names
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page.h>
#include <poppler/glib/poppler.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "image/reading_order.h"
#include "ingest/scan_picture.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
using OwnedDocument = std::unique_ptr<PopplerDocument, Unref>;
using OwnedPage = std::unique_ptr<PopplerPage, Unref>;
struct UnrefBytes {
  void operator()(GBytes* bytes) const { g_bytes_unref(bytes); }
};
using OwnedBytes = std::unique_ptr<GBytes, UnrefBytes>;
struct FreeGlib {
  void operator()(void* memory) const { g_free(memory); }
};
struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using OwnedSurface = std::unique_ptr<cairo_surface_t, DestroySurface>;
struct DestroyCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};

constexpr float kPointsPerInch = 72;
// A picture over this share of the page makes it a scan.
constexpr float kScanCover = 0.8F;
constexpr std::chrono::seconds kFieldWait{10};

Box ToBox(const PopplerRectangle& r) {
  return {static_cast<float>(std::min(r.x1, r.x2)), static_cast<float>(std::min(r.y1, r.y2)),
          static_cast<float>(std::max(r.x1, r.x2)), static_cast<float>(std::max(r.y1, r.y2))};
}

bool Inside(const Box& box, const Box& area) {
  const float x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
  return area.left <= x && x <= area.right && area.top <= y && y <= area.bottom;
}

struct PlacedImage {
  Box area;  // points, origin top-left
  int id;
};

std::vector<PlacedImage> Images(PopplerPage* page) {
  std::vector<PlacedImage> out;
  GList* list = poppler_page_get_image_mapping(page);
  for (GList* at = list; at != nullptr; at = at->next) {
    const auto* mapping = static_cast<PopplerImageMapping*>(at->data);
    out.push_back({ToBox(mapping->area), mapping->image_id});
  }
  poppler_page_free_image_mapping(list);
  return out;
}

// On a grid: images overlap, and strips of one scan lie side by side.
float Cover(const std::vector<PlacedImage>& images, float width, float height) {
  constexpr int kGrid = 64;
  int covered = 0;
  for (int i = 0; i < kGrid * kGrid; ++i) {
    const float x = (static_cast<float>(i % kGrid) + 0.5F) * width / kGrid;
    const float y = (static_cast<float>(i / kGrid) + 0.5F) * height / kGrid;
    covered += std::any_of(images.begin(), images.end(), [&](const PlacedImage& image) {
      return Inside({x, y, x, y}, image.area);
    });
  }
  return static_cast<float>(covered) / (kGrid * kGrid);
}

// The largest width times height that an image of the file declares. Streams' dictionaries are never compressed, so
// they can be read without decoding anything: this guards against pictures made to exhaust the memory.
std::int64_t LargestImage(std::string_view bytes) {
  constexpr std::size_t kReach = 1500;  // of a dictionary to both sides
  const auto number_after = [](std::string_view part, std::string_view key) -> std::int64_t {
    std::int64_t largest = 0;
    for (std::size_t at = part.find(key); at != std::string_view::npos; at = part.find(key, at + 1)) {
      std::size_t digit = at + key.size();
      while (digit < part.size() && std::isspace(static_cast<unsigned char>(part[digit])) != 0) ++digit;
      std::int64_t value = 0;
      for (; digit < part.size() && std::isdigit(static_cast<unsigned char>(part[digit])) != 0 && value < 1'000'000;
           ++digit) {
        value = value * 10 + (part[digit] - '0');
      }
      largest = std::max(largest, value);
    }
    return largest;
  };
  std::int64_t largest = 0;
  for (std::size_t at = bytes.find("/Image"); at != std::string_view::npos; at = bytes.find("/Image", at + 1)) {
    const std::size_t from = at > kReach ? at - kReach : 0;
    const std::size_t open = bytes.rfind(" obj", at), close = bytes.find("stream", at);
    const std::size_t begin = open == std::string_view::npos ? from : std::max(from, open);
    const std::string_view dictionary = bytes.substr(begin, std::min(close, at + kReach) - begin);
    largest = std::max(largest, number_after(dictionary, "/Width") * number_after(dictionary, "/Height"));
  }
  return largest;
}

// Signature fields of the page: where they are drawn.
std::vector<Box> SignatureAreas(PopplerPage* page, float height) {
  std::vector<Box> out;
  GList* list = poppler_page_get_form_field_mapping(page);
  for (GList* at = list; at != nullptr; at = at->next) {
    const auto* mapping = static_cast<PopplerFormFieldMapping*>(at->data);
    if (poppler_form_field_get_field_type(mapping->field) != POPPLER_FORM_FIELD_SIGNATURE) continue;
    Box box = ToBox(mapping->area);
    box = {box.left, height - box.bottom, box.right, height - box.top};  // given from the bottom
    if (!box.empty()) out.push_back(box);
  }
  poppler_page_free_form_field_mapping(list);
  return out;
}

// The times that signature dictionaries give, "D:20250220104725+07'00'", as they stand; such dictionaries are never
// compressed.
std::vector<std::string> DeclaredTimes(std::string_view bytes) {
  std::vector<std::string> out;
  for (std::size_t at = bytes.find("(D:"); at != std::string_view::npos; at = bytes.find("(D:", at + 1)) {
    const std::size_t key = bytes.find_last_not_of(" \r\n\t", at == 0 ? 0 : at - 1);
    if (key == std::string_view::npos || key == 0 || bytes.substr(key - 1, 2) != "/M") continue;
    const std::string_view digits = bytes.substr(at + 3, 14);
    if (digits.size() == 14 &&
        std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return std::isdigit(c) != 0; })) {
      out.emplace_back(bytes.substr(at + 3, std::min<std::size_t>(21, bytes.find(')', at) - at - 3)));
    }
  }
  return out;
}

GDateTime* InZone(GDateTime* time, int offset_hours) {
  GTimeZone* zone = g_time_zone_new_offset(offset_hours * 3600);
  GDateTime* local = g_date_time_to_timezone(time, zone);
  g_time_zone_unref(zone);
  return local;
}

std::string Format(GDateTime* time, const char* format) {
  if (time == nullptr) return {};
  const std::unique_ptr<char, FreeGlib> text(g_date_time_format(time, format));
  g_date_time_unref(time);
  return text ? text.get() : "";
}

// ISO 8601 in Vietnam's zone (UTC+7 since 1975): the machine's own would give each reader another text. Many signing
// programs write the wall clock's time into the signature as if it were UTC; the dictionary of the same signature then
// declares those very digits as +07, and is right.
std::string SigningTime(GDateTime* time, const std::vector<std::string>& declared) {
  constexpr std::size_t kMinute = 12;  // digits up to the minute: the two clocks are read seconds apart
  const std::string as_utc = Format(InZone(time, 0), "%Y%m%d%H%M%S");
  const bool wall_clock = std::any_of(declared.begin(), declared.end(), [&](const std::string& d) {
    return d.substr(0, kMinute) == as_utc.substr(0, kMinute) && d.find("+07") != std::string::npos;
  });
  return wall_clock ? Format(InZone(time, 0), "%Y-%m-%dT%H:%M:%S+07:00")
                    : Format(InZone(time, 7), "%Y-%m-%dT%H:%M:%S%:z");
}

OwnedSurface Draw(PopplerPage* page, int width, int height, double scale) {
  OwnedSurface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return nullptr;
  const std::unique_ptr<cairo_t, DestroyCairo> cairo(cairo_create(surface.get()));
  cairo_set_source_rgb(cairo.get(), 1, 1, 1);
  cairo_paint(cairo.get());
  cairo_scale(cairo.get(), scale, scale);
  poppler_page_render(page, cairo.get());
  cairo_surface_flush(surface.get());
  return surface;
}

Result<Image> ToImage(cairo_surface_t* surface, int dpi) {
  return Image::FromRgb24(cairo_image_surface_get_data(surface), cairo_image_surface_get_width(surface),
                          cairo_image_surface_get_height(surface), cairo_image_surface_get_stride(surface), dpi);
}

// The sheet on which a picture stands at its place pixel by pixel, as large as the page, so that the sheet's pixels are
// the page's: scanning programs leave margins.
struct Sheet {
  int width = 0, height = 0, left = 0, top = 0;  // pixels
};
// The picture's own size where it fills the page; nothing where the sheet would be too large.
std::optional<Sheet> SheetAround(int width, int height, const Box& area, double width_pt, double height_pt) {
  const double across = width / static_cast<double>(area.right - area.left);
  const double down = height / static_cast<double>(area.bottom - area.top);
  constexpr double kSlack = 0.002;  // of the page
  if (std::abs(area.left) <= kSlack * width_pt && std::abs(area.right - width_pt) <= kSlack * width_pt &&
      std::abs(area.top) <= kSlack * height_pt && std::abs(area.bottom - height_pt) <= kSlack * height_pt) {
    return Sheet{width, height};
  }
  const double wide = std::round(width_pt * across), high = std::round(height_pt * down);
  if (!(wide >= 1 && high >= 1 && wide <= 32767 && high <= 32767)) return std::nullopt;
  return Sheet{static_cast<int>(wide), static_cast<int>(high), static_cast<int>(std::round(area.left * across)),
               static_cast<int>(std::round(area.top * down))};
}

OwnedSurface OnSheet(cairo_surface_t* picture, const Box& area, double width_pt, double height_pt) {
  const int width = cairo_image_surface_get_width(picture), height = cairo_image_surface_get_height(picture);
  const std::optional<Sheet> place = SheetAround(width, height, area, width_pt, height_pt);
  if (!place) return nullptr;
  if (place->width == width && place->height == height) return OwnedSurface(cairo_surface_reference(picture));
  OwnedSurface sheet(cairo_image_surface_create(CAIRO_FORMAT_RGB24, place->width, place->height));
  if (cairo_surface_status(sheet.get()) != CAIRO_STATUS_SUCCESS) return nullptr;
  const std::unique_ptr<cairo_t, DestroyCairo> cairo(cairo_create(sheet.get()));
  cairo_set_source_rgb(cairo.get(), 1, 1, 1);
  cairo_paint(cairo.get());
  cairo_set_source_surface(cairo.get(), picture, place->left, place->top);
  cairo_paint(cairo.get());
  cairo_surface_flush(sheet.get());
  return sheet;
}

// The picture on its sheet; empty where it is not as the page declares it.
Image OnSheet(const ScanPicture& scan, double width_pt, double height_pt, std::int64_t max_pixels) {
  Result<Image> picture = DecodeImage(scan.file, 0, max_pixels);
  if (!picture || picture->width() != scan.width || picture->height() != scan.height) return {};
  const std::optional<Sheet> place = SheetAround(scan.width, scan.height, scan.area, width_pt, height_pt);
  if (!place || static_cast<std::int64_t>(place->width) * place->height > max_pixels) return {};
  if (place->width == scan.width && place->height == scan.height) return std::move(*picture);
  return picture->OnWhite(place->width, place->height, place->left, place->top);
}

// Correlation of brightness on a coarse grid, in [-1, 1]: whether two pictures show the same thing the same way up.
double Likeness(cairo_surface_t* a, cairo_surface_t* b) {
  constexpr int kGrid = 64;
  const auto sample = [](cairo_surface_t* surface) {
    const int width = cairo_image_surface_get_width(surface), height = cairo_image_surface_get_height(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    const unsigned char* data = cairo_image_surface_get_data(surface);
    std::array<double, kGrid * kGrid> sums{};
    std::array<int, kGrid * kGrid> counts{};
    const int step = std::max(1, width / 512);
    for (int y = 0; y < height; y += step) {
      for (int x = 0; x < width; x += step) {
        const std::size_t cell = static_cast<std::size_t>(y * kGrid / height * kGrid + x * kGrid / width);
        sums[cell] += data[static_cast<std::size_t>(y) * stride + 4 * static_cast<std::size_t>(x) + 1];
        ++counts[cell];
      }
    }
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] /= std::max(1, counts[i]);
    return sums;
  };
  const auto x = sample(a), y = sample(b);
  double mean_x = 0, mean_y = 0, xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) mean_x += x[i] / x.size(), mean_y += y[i] / y.size();
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean_x) * (y[i] - mean_y), xx += (x[i] - mean_x) * (x[i] - mean_x),
        yy += (y[i] - mean_y) * (y[i] - mean_y);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

// By a small drawing of the page.
bool IsThePage(PopplerPage* page, double width_pt, double height_pt, cairo_surface_t* picture) {
  constexpr int kProbe = 50;  // dpi
  const double scale = kProbe / static_cast<double>(kPointsPerInch);
  const OwnedSurface probe =
      Draw(page, static_cast<int>(width_pt * scale) + 1, static_cast<int>(height_pt * scale) + 1, scale);
  return probe && Likeness(probe.get(), picture) > 0.9;
}

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// Whether a character cannot belong to the word before it: Poppler puts the end of one column or cell and the beginning
// of the next into one word where the file has no blank between them.
bool StandsApart(const Box& word, const Box& character) {
  const float size = std::max(character.right - character.left, character.bottom - character.top);
  const float across = std::max(character.left - word.right, word.left - character.right);
  const float down = std::max(character.top - word.bottom, word.top - character.bottom);
  return std::max(across, down) > 0.5F * size;
}

struct PageWords {
  std::vector<PdfWord> words;
  std::vector<std::vector<int>> lines;
};

PageWords Words(PopplerPage* page) {
  PageWords out;
  const std::unique_ptr<char, FreeGlib> text(poppler_page_get_text(page));
  PopplerRectangle* rectangles = nullptr;
  guint count = 0;
  poppler_page_get_text_layout(page, &rectangles, &count);
  const std::unique_ptr<PopplerRectangle, FreeGlib> owned(rectangles);
  if (!text || rectangles == nullptr) return out;

  GList* attributes = poppler_page_get_text_attributes(page);
  GList* attribute = attributes;
  PdfWord word;
  std::vector<int> line;
  const auto close_word = [&] {
    if (word.text.empty()) return;
    line.push_back(static_cast<int>(out.words.size()));
    out.words.push_back(std::exchange(word, {}));
  };
  const auto close_line = [&] {
    close_word();
    if (!line.empty()) out.lines.push_back(std::exchange(line, {}));
  };
  const std::string valid = MakeValidUtf8(text.get());
  std::size_t index = 0;
  for (std::size_t at = 0; at < valid.size() && index < count; ++index) {
    const char32_t c = DecodeAt(valid, at);
    if (c == '\n') {
      close_line();
    } else if (IsSpace(c)) {
      close_word();
    } else if (c >= ' ') {
      if (!word.text.empty() && StandsApart(word.box, ToBox(rectangles[index]))) close_word();
      if (word.text.empty()) {
        while (attribute != nullptr &&
               static_cast<PopplerTextAttributes*>(attribute->data)->end_index < static_cast<int>(index)) {
          attribute = attribute->next;
        }
        if (attribute != nullptr) {
          const auto* style = static_cast<PopplerTextAttributes*>(attribute->data);
          const std::string name = ToLower(MakeValidUtf8(style->font_name == nullptr ? "" : style->font_name));
          word.size_pt = static_cast<float>(style->font_size);
          word.bold = Contains(name, "bold") || Contains(name, "black") || Contains(name, "heavy");
          word.italic = Contains(name, "italic") || Contains(name, "oblique");
        }
      }
      AppendUtf8(c, word.text);
      word.box = Union(word.box, ToBox(rectangles[index]));
    }
  }
  close_line();
  poppler_page_free_text_attributes(attributes);
  return out;
}

// poppler-glib reads only what is printed; what signature fields draw over the page comes from poppler-cpp. Offices
// fill in number and day that way: such words stand on a printed line and belong to the text; the others to the mark.
void AddSignatureText(const poppler::document& document, int number, PdfPage& page) {
  const std::unique_ptr<poppler::page> drawn(document.create_page(number));
  if (!drawn) return;
  const std::size_t printed = page.words.size();
  for (const poppler::text_box& box : drawn->text_list()) {
    const poppler::rectf r = box.bbox();
    PdfWord word{.text = {},
                 .box = {static_cast<float>(r.left()), static_cast<float>(r.top()), static_cast<float>(r.right()),
                         static_cast<float>(r.bottom())}};
    const auto mark = std::find_if(page.signatures.begin(), page.signatures.end(),
                                   [&](const Mark& m) { return Inside(word.box, m.box); });
    if (mark == page.signatures.end()) continue;
    const poppler::byte_array utf8 = box.text().to_utf8();
    word.text = MakeValidUtf8({utf8.data(), utf8.size()});
    bool known = false;
    const PdfWord* neighbour = nullptr;
    const float middle = (word.box.top + word.box.bottom) / 2;
    for (std::size_t i = 0; i < printed; ++i) {
      const Box& other = page.words[i].box;
      known = known || (Inside(word.box, other) && Contains(page.words[i].text, word.text));
      if (other.top < middle && middle < other.bottom) neighbour = &page.words[i];
    }
    if (known || word.text.empty()) continue;
    if (neighbour != nullptr) {
      word.size_pt = neighbour->size_pt;
      page.lines.push_back({static_cast<int>(page.words.size())});
      page.words.push_back(std::move(word));
    } else {
      std::string& shown = mark->text ? *mark->text : mark->text.emplace();
      shown += shown.empty() ? word.text : " " + word.text;
    }
  }
}

// Lets go of a field and waits until it is gone. Poppler validates signatures on a thread of GLib's pool, which drops
// its reference to the field only after the answer has come, and the field's to the document with it: the thread could
// be the one that frees the document, even while the process ends. GLib calls the notifier below at the very end of the
// field's life, when the document has been let go. The wait has an end in case somebody else keeps the field.
void UnrefAndWait(PopplerFormField* field) {
  auto gone = std::make_unique<std::promise<void>>();
  const std::future<void> wait = gone->get_future();
  g_object_set_data_full(G_OBJECT(field), "hoidau-gone", gone.release(), [](void* data) {
    const std::unique_ptr<std::promise<void>> promise(static_cast<std::promise<void>*>(data));
    promise->set_value();
  });
  g_object_unref(field);
  wait.wait_for(kFieldWait);
}

}  // namespace

struct PdfFile::Impl {
  OwnedBytes held;         // Poppler reads from here, and may hold it for longer than this object lives
  std::string_view bytes;  // its content
  std::int64_t largest_image = 0;
  OwnedDocument document;
  std::unique_ptr<poppler::document> drawn;  // of signed files: see AddSignatureText

  mutable std::optional<ScanPictures> pictures;
  // Poppler decodes JPEG 2000 pictures to list them: once a page is enough, and for most scans it need not be asked.
  mutable std::map<int, std::vector<PlacedImage>> images;

  OwnedPage Page(int page) const { return OwnedPage(poppler_document_get_page(document.get(), page)); }
  const std::vector<PlacedImage>& ImagesOf(int number, PopplerPage* page) const {
    const auto known = images.find(number);
    if (known != images.end()) return known->second;
    const std::optional<ScanPicture> scan = ScanOf(number);
    return images.emplace(number, scan ? std::vector{PlacedImage{scan->area, 0}} : Images(page)).first->second;
  }
  std::optional<ScanPicture> ScanOf(int page) const {
    if (!pictures) pictures.emplace(bytes);
    return pictures->Of(page);
  }
};

PdfFile::PdfFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PdfFile::PdfFile(PdfFile&&) noexcept = default;
PdfFile& PdfFile::operator=(PdfFile&&) noexcept = default;
PdfFile::~PdfFile() = default;

Result<PdfFile> PdfFile::Open(std::string bytes) {
  auto impl = std::make_unique<Impl>();
  auto* const owned = new std::string(std::move(bytes));
  impl->held.reset(g_bytes_new_with_free_func(
      owned->data(), owned->size(), [](void* string) { delete static_cast<std::string*>(string); }, owned));
  impl->bytes = *owned;
  GError* error = nullptr;
  impl->document.reset(poppler_document_new_from_bytes(impl->held.get(), nullptr, &error));
  if (!impl->document) {
    const bool encrypted = error != nullptr && error->code == POPPLER_ERROR_ENCRYPTED;
    if (error != nullptr) g_error_free(error);
    if (encrypted) return Error{ErrorCode::kEncrypted, "the PDF needs a password; save a copy without one"};
    return Error{ErrorCode::kBadInput, "the PDF is damaged or cut off; fetch or scan it again"};
  }
  if (poppler_document_get_n_pages(impl->document.get()) <= 0) {
    return Error{ErrorCode::kBadInput, "the PDF has no pages or is cut off; fetch or scan it again"};
  }
  impl->largest_image = LargestImage(impl->bytes);
  if (poppler_document_get_n_signatures(impl->document.get()) > 0) {
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    impl->drawn.reset(poppler::document::load_from_raw_data(impl->bytes.data(), static_cast<int>(impl->bytes.size())));
  }
  return PdfFile(std::move(impl));
}

int PdfFile::page_count() const { return poppler_document_get_n_pages(impl_->document.get()); }

Result<PdfPage> PdfFile::ReadPage(int number) const {
  const OwnedPage page = impl_->Page(number);
  if (!page) return Error{ErrorCode::kBadInput, "the page is damaged"};
  PdfPage out;
  double width = 0, height = 0;
  poppler_page_get_size(page.get(), &width, &height);
  out.width_pt = static_cast<float>(width), out.height_pt = static_cast<float>(height);
  out.image_cover = Cover(impl_->ImagesOf(number, page.get()), out.width_pt, out.height_pt);

  for (const Box& area : SignatureAreas(page.get(), out.height_pt)) {
    // Signing again redraws a field at its place.
    if (std::none_of(out.signatures.begin(), out.signatures.end(),
                     [&](const Mark& mark) { return mark.box == area; })) {
      out.signatures.push_back({.kind = MarkKind::kSignature, .box = area, .text = {}, .number = {}, .date = {}});
    }
  }

  PageWords all = Words(page.get());
  out.words = std::move(all.words), out.lines = std::move(all.lines);
  if (!out.signatures.empty() && impl_->drawn) AddSignatureText(*impl_->drawn, number, out);
  return out;
}

Result<Image> PdfFile::Raster(int number, const RasterOptions& options) const {
  const OwnedPage page = impl_->Page(number);
  if (!page) return Error{ErrorCode::kBadInput, "the page is damaged"};
  double width_pt = 0, height_pt = 0;
  poppler_page_get_size(page.get(), &width_pt, &height_pt);
  if (!(width_pt > 0 && height_pt > 0)) return Error{ErrorCode::kBadInput, "the page has no size"};

  int dpi = options.usual_dpi;
  const std::vector<PlacedImage>& images = impl_->ImagesOf(number, page.get());
  const bool scan = Cover(images, static_cast<float>(width_pt), static_cast<float>(height_pt)) >= kScanCover;
  if (scan && impl_->largest_image <= options.max_pixels) {
    const auto widest = std::max_element(images.begin(), images.end(), [](const PlacedImage& a, const PlacedImage& b) {
      return (a.area.right - a.area.left) * (a.area.bottom - a.area.top) <
             (b.area.right - b.area.left) * (b.area.bottom - b.area.top);
    });
    const float inches = (widest->area.right - widest->area.left) / kPointsPerInch;
    const std::optional<ScanPicture> lone = impl_->ScanOf(number);
    if (lone && !lone->file.empty()) {
      const int own = static_cast<int>(std::lround(static_cast<float>(lone->width) / inches));
      Image sheet = own <= options.most_dpi ? OnSheet(*lone, width_pt, height_pt, options.max_pixels) : Image();
      if (!sheet.empty()) {
        sheet.set_dpi(own);
        return sheet;
      }
    }
    const OwnedSurface picture(poppler_page_get_image(page.get(), widest->id));
    if (picture && cairo_surface_status(picture.get()) == CAIRO_STATUS_SUCCESS &&
        cairo_surface_get_type(picture.get()) == CAIRO_SURFACE_TYPE_IMAGE &&
        cairo_image_surface_get_data(picture.get()) != nullptr) {
      const int own =
          static_cast<int>(std::lround(static_cast<float>(cairo_image_surface_get_width(picture.get())) / inches));
      dpi = std::clamp(own, options.least_dpi, options.most_dpi);
      const cairo_format_t format = cairo_image_surface_get_format(picture.get());
      // The picture itself is sharper than a drawing of it, and what signatures draw over it is not in the way. It must
      // be the whole page the right way up.
      const bool alone = Cover({*widest}, static_cast<float>(width_pt), static_cast<float>(height_pt)) >= kScanCover;
      if (alone && own <= options.most_dpi && (format == CAIRO_FORMAT_RGB24 || format == CAIRO_FORMAT_ARGB32)) {
        const OwnedSurface sheet = OnSheet(picture.get(), widest->area, width_pt, height_pt);
        if (sheet && (lone || IsThePage(page.get(), width_pt, height_pt, sheet.get()))) {
          return ToImage(sheet.get(), own);
        }
      }
    }
  }
  const double scale = dpi / static_cast<double>(kPointsPerInch);
  const double width = std::ceil(width_pt * scale), height = std::ceil(height_pt * scale);
  if (width * height > static_cast<double>(options.max_pixels) || width > 32767 || height > 32767) {
    return Error{ErrorCode::kResourceLimit,
                 "the page is too large to draw at " + std::to_string(dpi) + " dpi; print it to A4 or A3 first"};
  }
  const OwnedSurface drawn = Draw(page.get(), static_cast<int>(width), static_cast<int>(height), scale);
  if (!drawn) return Error{ErrorCode::kResourceLimit, "no memory to draw the page"};
  return ToImage(drawn.get(), dpi);
}

std::vector<DigitalSignature> PdfFile::Signatures() const {
  std::vector<DigitalSignature> out;
  const std::vector<std::string> declared = DeclaredTimes(impl_->bytes);
  GList* fields = poppler_document_get_signature_fields(impl_->document.get());
  for (GList* at = fields; at != nullptr; at = at->next) {
    auto* field = static_cast<PopplerFormField*>(at->data);
    // No flags: the certificate is not validated, so nothing is fetched from the network.
    PopplerSignatureInfo* info = poppler_form_field_signature_validate_sync(
        field, static_cast<PopplerSignatureValidationFlags>(0), nullptr, nullptr);
    if (info != nullptr) {
      DigitalSignature signature;
      if (const char* name = poppler_signature_info_get_signer_name(info))
        signature.signer = ToNfc(MakeValidUtf8(name));
      if (GDateTime* time = poppler_signature_info_get_local_signing_time(info))
        signature.time = SigningTime(time, declared);
      poppler_signature_info_free(info);
      const bool known = std::any_of(out.begin(), out.end(), [&](const DigitalSignature& other) {
        return other.signer == signature.signer && other.time == signature.time;
      });
      if (!signature.signer.empty() && !known) out.push_back(std::move(signature));
    }
    UnrefAndWait(field);
  }
  g_list_free(fields);
  return out;
}

}  // namespace hoidau
