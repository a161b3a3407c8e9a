#include "emit/pdf_image.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "image/image.h"

namespace hoidau {
namespace {

constexpr std::int64_t kMaxPixels = 400'000'000;
// The long side of A4, what a sheet of unknown resolution is taken for; and of the largest sheet that we believe:
// programs write 72 dpi where they know nothing.
constexpr double kA4Inches = 11.69, kLargestInches = 24;

std::uint32_t BigEndian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count && at + i < bytes.size(); ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

void AppendHex(std::string_view bytes, std::string& out) {
  for (const char c : bytes) {
    out += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4];
    out += "0123456789ABCDEF"[static_cast<unsigned char>(c) & 15];
  }
}

std::string Dictionary(std::uint32_t width, std::uint32_t height, const std::string& colour, std::uint32_t bits,
                       const std::string& filter) {
  return "/Type /XObject /Subtype /Image /Width " + std::to_string(width) + " /Height " + std::to_string(height) +
         " /ColorSpace " + colour + " /BitsPerComponent " + std::to_string(bits) + " /Filter " + filter;
}

// A JPEG is a PDF stream as it is; its frame header says what the dictionary must.
std::optional<std::string> JpegDictionary(std::string_view file) {
  bool adobe = false;
  for (std::size_t at = 2; at + 9 < file.size();) {
    if (static_cast<unsigned char>(file[at]) != 0xFF) return std::nullopt;
    const auto marker = static_cast<unsigned char>(file[at + 1]);
    if (marker == 0xFF) {  // padding
      ++at;
      continue;
    }
    const std::uint32_t length = BigEndian(file, at + 2, 2);
    if (marker == 0xEE && file.substr(at + 4, 5) == "Adobe") adobe = true;
    // Baseline, extended and progressive frames; the other kinds are no DCTDecode.
    if (marker >= 0xC0 && marker <= 0xC2) {
      const std::uint32_t components = BigEndian(file, at + 9, 1);
      if (BigEndian(file, at + 4, 1) != 8) return std::nullopt;
      const char* colour = components == 1   ? "/DeviceGray"
                           : components == 3 ? "/DeviceRGB"
                           : components == 4 ? "/DeviceCMYK"
                                             : nullptr;
      if (colour == nullptr) return std::nullopt;
      return Dictionary(BigEndian(file, at + 7, 2), BigEndian(file, at + 5, 2), colour, 8, "/DCTDecode") +
             (components == 4 && adobe ? " /Decode [1 0 1 0 1 0 1 0]" : "");
    }
    at += 2 + std::max<std::uint32_t>(length, 2);
  }
  return std::nullopt;
}

// PNG's rows are PDF's predictor 15: its compressed data can stand in a PDF as they are.
std::optional<PdfImage> PngAsItIs(std::string_view file) {
  PdfImage out;
  std::string palette;
  std::uint32_t bits = 0, type = 0;
  for (std::size_t at = 8; at + 12 <= file.size();) {
    const std::uint32_t length = BigEndian(file, at, 4);
    if (length > file.size() - at - 12) return std::nullopt;
    const std::string_view name = file.substr(at + 4, 4), body = file.substr(at + 8, length);
    if (name == "IHDR" && length == 13) {
      out.width = static_cast<int>(BigEndian(body, 0, 4)), out.height = static_cast<int>(BigEndian(body, 4, 4));
      bits = BigEndian(body, 8, 1), type = BigEndian(body, 9, 1);
      const bool interlaced = BigEndian(body, 12, 1) != 0;
      if (interlaced || (type != 0 && type != 2 && type != 3)) return std::nullopt;
    } else if (name == "PLTE") {
      palette = body;
    } else if (name == "tRNS") {
      return std::nullopt;
    } else if (name == "IDAT") {
      out.data += body;
    }
    at += 12 + length;
  }
  if (out.width <= 0 || out.height <= 0 || out.data.empty() || (type == 3 && palette.size() < 3)) return std::nullopt;
  std::string colour = type == 2 ? "/DeviceRGB" : "/DeviceGray";
  if (type == 3) {
    colour = "[/Indexed /DeviceRGB " + std::to_string(palette.size() / 3 - 1) + " <";
    AppendHex(palette, colour);
    colour += ">]";
  }
  out.dictionary = Dictionary(static_cast<std::uint32_t>(out.width), static_cast<std::uint32_t>(out.height), colour,
                              bits, "/FlateDecode") +
                   " /DecodeParms << /Predictor 15 /Colors " + (type == 2 ? "3" : "1") + " /BitsPerComponent " +
                   std::to_string(bits) + " /Columns " + std::to_string(out.width) + " >>";
  return out;
}

}  // namespace

Result<PdfImage> ToPdfImage(std::string_view file, int page) {
  const Result<Image> decoded = DecodeImage(file, page, kMaxPixels);
  if (!decoded) return decoded.error();
  PdfImage out;
  const ImageFormat format = SniffImage(file);
  if (format == ImageFormat::kJpeg) {
    if (const std::optional<std::string> dictionary = JpegDictionary(file)) {
      out.dictionary = *dictionary;
      out.data = file;
    }
  } else if (format == ImageFormat::kPng) {
    if (std::optional<PdfImage> png = PngAsItIs(file)) out = std::move(*png);
  }
  out.width = decoded->width(), out.height = decoded->height();
  const double longest = std::max(out.width, out.height);
  out.dpi = decoded->dpi() > 0 && longest <= kLargestInches * decoded->dpi() ? decoded->dpi() : longest / kA4Inches;
  if (!out.data.empty()) return out;
  const Result<std::string> png =
      decoded->EncodePng();  // 1, 8 or 32 bits: no transparency that matters, not interlaced
  if (!png) return png.error();
  if (std::optional<PdfImage> as_it_is = PngAsItIs(*png)) {
    as_it_is->dpi = out.dpi;
    return std::move(*as_it_is);
  }
  return Error{ErrorCode::kInternal, "the image cannot be put into a PDF"};
}

}  // namespace hoidau
