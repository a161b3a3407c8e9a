// Small PDF files made by hand: pages with Helvetica text, a ruled table, or one grey image over the whole page.
//
//   std::string bytes = PdfBuilder().TextPage({"Ke hoach", "so 15"}).ScanPage(827, 1169, "hidden words").Bytes();
//
// Thread safety: a value. Limits: ASCII text; no signatures.
#ifndef HOIDAU_TESTS_SUPPORT_PDF_BYTES_H_
#define HOIDAU_TESTS_SUPPORT_PDF_BYTES_H_

#include <string>
#include <vector>

namespace hoidau {

class PdfBuilder {
 public:
  // Lines of 12 pt from the top of an A4 page.
  PdfBuilder& TextPage(const std::vector<std::string>& lines) { return AddPage(Text(lines, 0), ""); }

  // A ruled table at the top of an A4 page: columns 150 pt wide, rows 40 pt high, no blank between the cells' texts.
  PdfBuilder& TablePage(const std::vector<std::vector<std::string>>& rows) {
    const std::size_t columns = rows.front().size();
    const auto number = [](std::size_t n) { return std::to_string(n); };
    std::string rules, text = "BT /F 12 Tf\n";
    for (std::size_t r = 0; r <= rows.size(); ++r)
      rules +=
          "72 " + number(770 - 40 * r) + " m " + number(72 + 150 * columns) + ' ' + number(770 - 40 * r) + " l S\n";
    for (std::size_t c = 0; c <= columns; ++c)
      rules +=
          number(72 + 150 * c) + " 770 m " + number(72 + 150 * c) + ' ' + number(770 - 40 * rows.size()) + " l S\n";
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t c = 0; c < columns; ++c)
        text += "1 0 0 1 " + number(78 + 150 * c) + ' ' + number(752 - 40 * r) + " Tm (" + rows[r][c] + ") Tj\n";
    }
    return AddPage(rules + text + "ET\n", "");
  }

  // A light grey picture of width × height pixels, with a black bar in its upper left quarter, over the whole A4 page,
  // and invisible words as scanners write them. `declared_width` lies about the width if not 0.
  PdfBuilder& ScanPage(int width, int height, const std::string& hidden, int declared_width = 0) {
    std::string pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), '\xe8');
    for (int y = height / 8; y < height / 6; ++y) {
      for (int x = width / 8; x < width / 3; ++x) {
        pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)] = 0;
      }
    }
    const int image =
        Add("<< /Type /XObject /Subtype /Image /Width " + std::to_string(declared_width != 0 ? declared_width : width) +
            " /Height " + std::to_string(height) + " /ColorSpace /DeviceGray /BitsPerComponent 8 /Length " +
            std::to_string(pixels.size()) + " >>\nstream\n" + pixels + "\nendstream");
    std::string text;
    if (!hidden.empty()) text = Text({hidden}, 3);
    return AddPage("q 595 0 0 842 0 0 cm /Im Do Q\n" + text, " /XObject << /Im " + std::to_string(image) + " 0 R >>");
  }

  // A picture over the whole A4 page: what its dictionary says beside its kind and its length, and its data as packed.
  PdfBuilder& PicturePage(const std::string& dictionary, const std::string& data) {
    const int image = Add("<< /Type /XObject /Subtype /Image " + dictionary + " /Length " +
                          std::to_string(data.size()) + " >>\nstream\n" + data + "\nendstream");
    return AddPage("q 595 0 0 842 0 0 cm /Im Do Q\n", " /XObject << /Im " + std::to_string(image) + " 0 R >>");
  }

  std::string Bytes(const std::string& trailer = "") const {
    std::string kids;
    for (const int page : pages_) kids += std::to_string(page) + " 0 R ";
    std::vector<std::string> objects = objects_;
    objects[0] = "<< /Type /Catalog /Pages 2 0 R >>";
    objects[1] = "<< /Type /Pages /Count " + std::to_string(pages_.size()) + " /Kids [" + kids + "] >>";
    objects[2] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>";
    std::string out = "%PDF-1.4\n", table;
    for (std::size_t i = 0; i < objects.size(); ++i) {
      std::string offset = std::to_string(out.size());
      table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
      out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string start = std::to_string(out.size()), size = std::to_string(objects.size() + 1);
    return out + "xref\n0 " + size + "\n0000000000 65535 f \n" + table + "trailer\n<< /Root 1 0 R /Size " + size +
           trailer + " >>\nstartxref\n" + start + "\n%%EOF\n";
  }

 private:
  int Add(const std::string& object) {
    objects_.push_back(object);
    return static_cast<int>(objects_.size());
  }
  static std::string Text(const std::vector<std::string>& lines, int render_mode) {
    std::string out = "BT /F 12 Tf " + std::to_string(render_mode) + " Tr 15 TL 72 770 Td\n";
    for (const std::string& line : lines) out += "(" + line + ") Tj T*\n";
    return out + "ET\n";
  }
  PdfBuilder& AddPage(const std::string& content, const std::string& resources) {
    const int stream = Add("<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream");
    pages_.push_back(Add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >>" +
                         resources + " >> /Contents " + std::to_string(stream) + " 0 R >>"));
    return *this;
  }

  std::vector<std::string> objects_ = std::vector<std::string>(3);
  std::vector<int> pages_;
};

}  // namespace hoidau

#endif  // HOIDAU_TESTS_SUPPORT_PDF_BYTES_H_
