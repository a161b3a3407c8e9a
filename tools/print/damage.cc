#include "damage.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "smooth_field.h"

namespace hoidau::print {
namespace {

// What a step may use: the image, the resolution, its numbers.
class Context {
 public:
  Context(Scan& target, const DamageStep& step) : scan(target), rng(step.seed), step_(step) {}
  double operator[](const char* name) {
    const auto found = step_.params.find(name);
    if (found == step_.params.end()) {
      missing = name;
      return 1;
    }
    return found->second;
  }
  double Pixels(const char* name) { return (*this)[name] * scan.dpi / 72.0; }

  Scan& scan;
  Rng rng;
  std::string missing;

 private:
  const DamageStep& step_;
};

void EachByte(Raster& image, const std::function<double(double)>& change) {
  std::uint8_t table[256];
  for (int v = 0; v < 256; ++v) table[v] = ToByte(change(v));
  for (std::uint8_t& v : image.pixels()) v = table[v];
}

void Resampled(Context& c) {  // dpi: of the scan
  const int dpi = static_cast<int>(std::lround(c["dpi"]));
  const double scale = static_cast<double>(dpi) / c.scan.dpi;
  c.scan.image = Resample(c.scan.image, std::max(1, static_cast<int>(std::lround(c.scan.image.width() * scale))),
                          std::max(1, static_cast<int>(std::lround(c.scan.image.height() * scale))));
  c.scan.dpi = dpi;
}

void Skewed(Context& c) {  // degrees: anticlockwise; fill: level of what lies beside the page
  const double a = c["degrees"] * std::numbers::pi / 180;
  const double cx = c.scan.image.width() / 2.0, cy = c.scan.image.height() / 2.0;
  const double cosine = std::cos(a), sine = std::sin(a);
  c.scan.image = Warp(
      c.scan.image,
      [=](double x, double y) {
        return Point{cx + cosine * (x - cx) - sine * (y - cy), cy + sine * (x - cx) + cosine * (y - cy)};
      },
      ToByte(c["fill"]));
}

void Blurred(Context& c) { c.scan.image = Blur(c.scan.image, c["sigma"]); }

void Noisy(Context& c) {  // sigma: levels
  const double sigma = c["sigma"];
  // A table of draws is as good as a draw a pixel, and ten times faster.
  std::vector<int> draws(4096);
  for (int& d : draws) d = static_cast<int>(std::lround(sigma * c.rng.Normal()));
  for (std::uint8_t& v : c.scan.image.pixels()) {
    v = static_cast<std::uint8_t>(std::clamp(v + draws[c.rng.Next() & 4095], 0, 255));
  }
}

void Toned(Context& c) {  // centre: the level that becomes mid-grey (high: fat print, low: faint); gain: steepness
  const double centre = c["centre"], gain = c["gain"];
  EachByte(c.scan.image, [=](double v) { return 127.5 + (v - centre) * gain; });
}

void Thresholded(Context& c) {  // level: at and above is white; patch: how far the level wanders over the page
  const double level = c["level"], patch = c["patch"];
  c.scan.image = ToGrey(c.scan.image);
  const SmoothField field(c.scan.image.width(), c.scan.image.height(), 1.5 * c.scan.dpi, c.rng);
  for (int y = 0; y < c.scan.image.height(); ++y) {
    std::uint8_t* line = c.scan.image.At(0, y);
    for (int x = 0; x < c.scan.image.width(); ++x) line[x] = line[x] >= level + patch * field.At(x, y) ? 255 : 0;
  }
}

void Faded(Context& c) {  // ink: share of the ink that is left, where least; cell: size of the patches, points
  const double ink = c["ink"];
  const SmoothField field(c.scan.image.width(), c.scan.image.height(), c.Pixels("cell"), c.rng);
  const int channels = c.scan.image.channels();
  for (int y = 0; y < c.scan.image.height(); ++y) {
    std::uint8_t* line = c.scan.image.At(0, y);
    for (int x = 0; x < c.scan.image.width(); ++x) {
      const double left = ink + (1 - ink) * (0.5 + 0.5 * field.At(x, y));
      for (int k = 0; k < channels; ++k) line[channels * x + k] = ToByte(255 - left * (255 - line[channels * x + k]));
    }
  }
}

void Specked(Context& c) {  // count: a square inch; level: of the specks; size: largest side in pixels
  const int width = c.scan.image.width(), height = c.scan.image.height();
  const double inches = static_cast<double>(width) * height / (static_cast<double>(c.scan.dpi) * c.scan.dpi);
  const int count = static_cast<int>(c["count"] * inches), size = std::max(1, static_cast<int>(c["size"]));
  for (int i = 0; i < count; ++i) {
    const int x0 = c.rng.Int(0, width - 1), y0 = c.rng.Int(0, height - 1);
    const int w = c.rng.Int(1, size), h = c.rng.Int(1, size);
    for (int y = y0; y < std::min(height, y0 + h); ++y) {
      for (int x = x0; x < std::min(width, x0 + w); ++x) {
        std::fill_n(c.scan.image.At(x, y), c.scan.image.channels(), ToByte(c["level"]));
      }
    }
  }
}

void Jpeged(Context& c) {  // quality: 1-100
  const Result<std::string> bytes = EncodeJpeg(c.scan.image, c.scan.dpi, static_cast<int>(c["quality"]));
  if (!bytes) return;
  Result<Raster> back = DecodeImage(*bytes);
  if (back) c.scan.image = std::move(*back);
}

void Greyed(Context& c) { c.scan.image = ToGrey(c.scan.image); }

void Papered(Context& c) {  // red, green, blue: colour of the paper; texture: levels it wanders
  c.scan.image = ToRgb(c.scan.image);
  const double tint[3] = {c["red"] / 255, c["green"] / 255, c["blue"] / 255}, texture = c["texture"];
  const SmoothField coarse(c.scan.image.width(), c.scan.image.height(), 0.8 * c.scan.dpi, c.rng);
  const SmoothField fine(c.scan.image.width(), c.scan.image.height(), 3, c.rng);
  for (int y = 0; y < c.scan.image.height(); ++y) {
    std::uint8_t* line = c.scan.image.At(0, y);
    for (int x = 0; x < c.scan.image.width(); ++x) {
      const double wander = texture * (0.7 * coarse.At(x, y) + 0.3 * fine.At(x, y));
      for (int k = 0; k < 3; ++k) line[3 * x + k] = ToByte(line[3 * x + k] * tint[k] + wander);
    }
  }
}

// Darkens every pixel by a share of its level.
void Shade(Raster& image, const std::function<double(int, int)>& share) {
  const int channels = image.channels();
  for (int y = 0; y < image.height(); ++y) {
    std::uint8_t* line = image.At(0, y);
    for (int x = 0; x < image.width(); ++x) {
      const double left = 1 - share(x, y);
      for (int k = 0; k < channels; ++k) line[channels * x + k] = ToByte(line[channels * x + k] * left);
    }
  }
}

void Folded(Context& c) {  // at: share of the height; width: points; depth: share of the light lost in the crease
  const double at = c["at"] * c.scan.image.height(), width = c.Pixels("width"), depth = c["depth"];
  Shade(c.scan.image, [=](int, int y) {
    const double d = (y - at) / width;
    // A sharp crease and a soft shadow on one side of it.
    return depth * std::exp(-40 * d * d) + (d > 0 ? 0.35 * depth * std::exp(-d) : 0);
  });
}

void Edged(Context& c) {  // width: points; depth: share of the light lost at the very edge; sides: bits left 1, right
                          // 2, top 4, bottom 8
  const double width = c.Pixels("width"), depth = c["depth"];
  const int sides = static_cast<int>(c["sides"]), w = c.scan.image.width(), h = c.scan.image.height();
  const SmoothField ragged(w, h, 1.2 * c.scan.dpi, c.rng);
  Shade(c.scan.image, [&](int x, int y) {
    double d = 1e9;
    if (sides & 1) d = std::min<double>(d, x);
    if (sides & 2) d = std::min<double>(d, w - 1 - x);
    if (sides & 4) d = std::min<double>(d, y);
    if (sides & 8) d = std::min<double>(d, h - 1 - y);
    const double edge = width * (0.75 + 0.25 * ragged.At(x, y));
    return depth / (1 + std::exp((d - edge) / (0.12 * width)));
  });
}

void Punched(Context& c) {  // x: from the left edge, radius: points; level: of the hole; two holes, 80 mm apart
  const double x0 = c.Pixels("x"), radius = c.Pixels("radius");
  const std::uint8_t level = ToByte(c["level"]);
  for (const double mm : {-40.0, 40.0}) {
    const double y0 = c.scan.image.height() / 2.0 + mm / 25.4 * c.scan.dpi + c.rng.Uniform(-4, 4);
    for (int y = std::max(0, static_cast<int>(y0 - radius)); y < std::min<double>(c.scan.image.height(), y0 + radius);
         ++y) {
      for (int x = std::max(0, static_cast<int>(x0 - radius)); x < std::min<double>(c.scan.image.width(), x0 + radius);
           ++x) {
        if ((x - x0) * (x - x0) + (y - y0) * (y - y0) <= radius * radius)
          std::fill_n(c.scan.image.At(x, y), c.scan.image.channels(), level);
      }
    }
  }
}

void BledThrough(Context& c) {  // strength: share of the ink of the other side that shows; dy: points it is shifted by
  // The other side is the page itself, mirrored: what matters is that it is text.
  const Raster back = Blur(ToGrey(c.scan.image), c.scan.dpi / 110.0);
  const double strength = c["strength"];
  const int shift = static_cast<int>(c.Pixels("dy")), w = back.width(), h = back.height();
  Shade(c.scan.image, [&](int x, int y) {
    const int from = ((y + shift) % h + h) % h;
    return strength * (255 - *back.At(w - 1 - x, from)) / 255.0;
  });
}

void FaxLined(Context& c) {  // count: lines on the page; level: 0 black, 255 dropped out
  const int count = static_cast<int>(c["count"]), w = c.scan.image.width(), h = c.scan.image.height();
  for (int i = 0; i < count; ++i) {
    const int y = c.rng.Int(0, h - 1), from = c.rng.Int(0, w / 2), to = c.rng.Int(w / 2, w);
    std::fill(c.scan.image.At(0, y) + from * c.scan.image.channels(),
              c.scan.image.At(0, y) + to * c.scan.image.channels(), ToByte(c["level"]));
  }
}

void CoarseLined(Context& c) {  // lines: an inch, down the page (a fax in its standard mode has 98)
  const int w = c.scan.image.width(), h = c.scan.image.height();
  c.scan.image = Resample(Resample(c.scan.image, w, std::max(1, static_cast<int>(h * c["lines"] / c.scan.dpi))), w, h);
}

void Lit(Context& c) {  // angle: degrees, where the light comes from; depth: share lost at the far side
  const double a = c["angle"] * std::numbers::pi / 180, depth = c["depth"];
  const double w = c.scan.image.width(), h = c.scan.image.height();
  Shade(c.scan.image, [=](int x, int y) {
    const double d = 0.5 + 0.5 * ((2 * x / w - 1) * std::cos(a) + (2 * y / h - 1) * std::sin(a));
    return std::clamp(depth * d * d, 0.0, 0.95);
  });
}

void Photographed(Context& c) {  // tilt_x, tilt_y: share by which the far side is shorter; turn: degrees; margin: share
                                 // of table around
  // A projective map: x' = x (1 + tilt) / (1 + tilt_x x + tilt_y y), about the middle.
  const double tilt_x = c["tilt_x"], tilt_y = c["tilt_y"], turn = c["turn"] * std::numbers::pi / 180,
               grow = 1 + c["margin"];
  const double w = c.scan.image.width(), h = c.scan.image.height();
  c.scan.image = Warp(
      c.scan.image,
      [=](double x, double y) {
        const double u = (2 * x / w - 1) * grow, v = (2 * y / h - 1) * grow;
        const double ru = std::cos(turn) * u - std::sin(turn) * v, rv = std::sin(turn) * u + std::cos(turn) * v;
        const double z = 1 + tilt_x * ru + tilt_y * rv;
        return Point{(ru / z + 1) * w / 2, (rv / z + 1) * h / 2};
      },
      ToByte(c["table"]));
}

const std::map<std::string, void (*)(Context&), std::less<>>& Steps() {
  static const auto* const steps = new std::map<std::string, void (*)(Context&), std::less<>>{
      {"resample", Resampled},
      {"skew", Skewed},
      {"blur", Blurred},
      {"noise", Noisy},
      {"tone", Toned},
      {"threshold", Thresholded},
      {"fade", Faded},
      {"specks", Specked},
      {"jpeg", Jpeged},
      {"grey", Greyed},
      {"paper", Papered},
      {"fold", Folded},
      {"edge", Edged},
      {"holes", Punched},
      {"bleed", BledThrough},
      {"fax_lines", FaxLined},
      {"coarse_lines", CoarseLined},
      {"light", Lit},
      {"perspective", Photographed},
  };
  return *steps;
}

// Collects the steps of a preset.
class Recipe {
 public:
  explicit Recipe(Rng& rng) : rng_(rng) {}
  Recipe& Add(std::string name, std::map<std::string, double> params) {
    steps_.push_back({std::move(name), std::move(params), rng_.Next() >> 11});  // 53 bits: a JSON number keeps them
    return *this;
  }
  std::vector<DamageStep> Take() { return std::move(steps_); }

 private:
  Rng& rng_;
  std::vector<DamageStep> steps_;
};

// The range of scanners that archives use, for learning a channel: many kinds of page, all readable.
std::vector<DamageStep> Varied(Rng& rng, double dpi_low, double dpi_high, double hardness) {
  Recipe recipe(rng);
  if (rng.Chance(0.3)) recipe.Add("fade", {{"ink", rng.Uniform(0.9 - 0.4 * hardness, 0.95)}, {"cell", 60}});
  recipe.Add("skew", {{"degrees", 0.5 * rng.Normal() * (0.3 + 0.7 * rng.Unit())}, {"fill", 255}});
  recipe.Add("resample", {{"dpi", std::round(rng.Uniform(dpi_low, dpi_high))}});
  recipe.Add("blur", {{"sigma", rng.Uniform(0.25, 0.7 + 0.4 * hardness)}});
  recipe.Add("noise", {{"sigma", rng.Uniform(2, 10 + 16 * hardness)}});
  if (rng.Chance(0.55)) {
    recipe.Add("threshold",
               {{"level", rng.Uniform(125 - 25 * hardness, 185 + 15 * hardness)}, {"patch", rng.Uniform(0, 15)}});
    if (rng.Chance(0.4)) recipe.Add("specks", {{"count", rng.Uniform(0, 8)}, {"level", 0}, {"size", 2}});
  } else {
    recipe.Add("tone", {{"centre", rng.Uniform(105, 165)}, {"gain", rng.Uniform(1.0, 2.2)}});
    recipe.Add("jpeg", {{"quality", std::round(rng.Uniform(40 - 20 * hardness, 85))}});
  }
  return recipe.Take();
}

std::vector<DamageStep> Clean(Rng& rng) {
  return Recipe(rng).Add("resample", {{"dpi", 300}}).Add("blur", {{"sigma", 0.4}}).Take();
}

std::vector<DamageStep> Office(Rng& rng, double dpi, bool grey) {
  Recipe recipe(rng);
  recipe.Add("paper", {{"red", 251}, {"green", 250}, {"blue", 248}, {"texture", 3}});
  recipe.Add("skew", {{"degrees", rng.Uniform(-0.5, 0.5)}, {"fill", 245}});
  recipe.Add("resample", {{"dpi", dpi}}).Add("blur", {{"sigma", rng.Uniform(0.4, 0.7)}});
  if (grey) recipe.Add("grey", {});
  recipe.Add("noise", {{"sigma", rng.Uniform(2, 5)}}).Add("tone", {{"centre", rng.Uniform(120, 138)}, {"gain", 1.15}});
  return recipe.Add("jpeg", {{"quality", std::round(rng.Uniform(70, 85))}}).Take();
}

std::vector<DamageStep> BlackWhite(Rng& rng, double level) {
  Recipe recipe(rng);
  recipe.Add("grey", {}).Add("skew", {{"degrees", rng.Uniform(-0.7, 0.7)}, {"fill", 255}});
  recipe.Add("resample", {{"dpi", 200}}).Add("blur", {{"sigma", rng.Uniform(0.6, 0.9)}}).Add("noise", {{"sigma", 12}});
  recipe.Add("threshold", {{"level", level}, {"patch", 12}});
  return recipe.Add("specks", {{"count", 3}, {"level", 0}, {"size", 2}}).Take();
}

std::vector<DamageStep> Poor(Rng& rng) {
  Recipe recipe(rng);
  recipe.Add("fade", {{"ink", rng.Uniform(0.6, 0.8)}, {"cell", 70}});
  recipe.Add("paper", {{"red", 240}, {"green", 238}, {"blue", 232}, {"texture", 8}});
  recipe.Add("skew", {{"degrees", rng.Uniform(-1.2, 1.2)}, {"fill", 225}}).Add("grey", {});
  recipe.Add("resample", {{"dpi", 150}}).Add("blur", {{"sigma", rng.Uniform(0.7, 1.0)}});
  recipe.Add("noise", {{"sigma", rng.Uniform(9, 15)}});
  recipe.Add("edge", {{"width", 10}, {"depth", 0.7}, {"sides", static_cast<double>(rng.Int(1, 15))}});
  return recipe.Add("jpeg", {{"quality", std::round(rng.Uniform(30, 50))}}).Take();
}

std::vector<DamageStep> Copied(Rng& rng) {  // a photocopy of a photocopy, scanned black and white
  Recipe recipe(rng);
  recipe.Add("grey", {}).Add("skew", {{"degrees", rng.Uniform(-1, 1)}, {"fill", 255}});
  recipe.Add("edge", {{"width", 14}, {"depth", 0.95}, {"sides", static_cast<double>(rng.Int(1, 15))}});
  recipe.Add("blur", {{"sigma", 1.6}})
      .Add("noise", {{"sigma", 25}})
      .Add("threshold", {{"level", rng.Uniform(120, 165)}, {"patch", 25}});
  recipe.Add("specks", {{"count", 12}, {"level", 0}, {"size", 5}});
  recipe.Add("resample", {{"dpi", 200}}).Add("blur", {{"sigma", 0.7}}).Add("noise", {{"sigma", 14}});
  return recipe.Add("threshold", {{"level", rng.Uniform(130, 170)}, {"patch", 10}}).Take();
}

std::vector<DamageStep> Fax(Rng& rng) {
  Recipe recipe(rng);
  recipe.Add("grey", {})
      .Add("skew", {{"degrees", rng.Uniform(-0.8, 0.8)}, {"fill", 255}})
      .Add("resample", {{"dpi", 204}});
  recipe.Add("coarse_lines", {{"lines", rng.Chance(0.4) ? 98.0 : 196.0}}).Add("noise", {{"sigma", 18}});
  recipe.Add("threshold", {{"level", rng.Uniform(140, 175)}, {"patch", 10}});
  recipe.Add("fax_lines", {{"count", static_cast<double>(rng.Int(2, 8))}, {"level", 255}});
  recipe.Add("fax_lines", {{"count", static_cast<double>(rng.Int(1, 4))}, {"level", 0}});
  return recipe.Add("specks", {{"count", 6}, {"level", 0}, {"size", 2}}).Take();
}

std::vector<DamageStep> OldArchive(Rng& rng) {
  Recipe recipe(rng);
  recipe.Add("fade", {{"ink", rng.Uniform(0.5, 0.75)}, {"cell", 50}});
  recipe.Add("bleed", {{"strength", rng.Uniform(0.10, 0.22)}, {"dy", rng.Uniform(-30, 30)}});
  recipe.Add("paper", {{"red", rng.Uniform(226, 240)},
                       {"green", rng.Uniform(212, 226)},
                       {"blue", rng.Uniform(178, 198)},
                       {"texture", 12}});
  recipe.Add("fold", {{"at", rng.Uniform(0.47, 0.53)}, {"width", 30}, {"depth", rng.Uniform(0.25, 0.45)}});
  if (rng.Chance(0.5))
    recipe.Add("fold", {{"at", rng.Uniform(0.2, 0.3)}, {"width", 25}, {"depth", rng.Uniform(0.15, 0.3)}});
  recipe.Add("holes", {{"x", 32}, {"radius", 8}, {"level", 60}});
  recipe.Add("skew", {{"degrees", rng.Uniform(-1, 1)}, {"fill", 70}});
  recipe.Add("edge", {{"width", 12}, {"depth", 0.6}, {"sides", 15}});
  recipe.Add("resample", {{"dpi", 200}}).Add("blur", {{"sigma", rng.Uniform(0.6, 0.9)}}).Add("noise", {{"sigma", 6}});
  return recipe.Add("jpeg", {{"quality", 60}}).Take();
}

std::vector<DamageStep> Phone(Rng& rng) {
  Recipe recipe(rng);
  recipe.Add("paper", {{"red", 246}, {"green", 242}, {"blue", 234}, {"texture", 5}});
  recipe.Add("fold", {{"at", rng.Uniform(0.3, 0.7)}, {"width", 40}, {"depth", 0.15}});
  recipe.Add("perspective", {{"tilt_x", rng.Uniform(-0.07, 0.07)},
                             {"tilt_y", rng.Uniform(0.02, 0.1)},
                             {"turn", rng.Uniform(-2, 2)},
                             {"margin", 0.14},
                             {"table", 88}});
  recipe.Add("light", {{"angle", rng.Uniform(0, 360)}, {"depth", rng.Uniform(0.3, 0.55)}});
  recipe.Add("resample", {{"dpi", 170}}).Add("blur", {{"sigma", rng.Uniform(0.7, 1.1)}}).Add("noise", {{"sigma", 7}});
  return recipe.Add("jpeg", {{"quality", 55}}).Take();
}

struct Preset {
  const char* name;
  std::vector<DamageStep> (*steps)(Rng&);
};
const Preset kPresets[] = {
    {"clean", Clean},
    {"office-300", [](Rng& rng) { return Office(rng, 300, false); }},
    {"office-200-grey", [](Rng& rng) { return Office(rng, 200, true); }},
    {"stamped", [](Rng& rng) { return Office(rng, 200, false); }},
    {"black-white-200", [](Rng& rng) { return BlackWhite(rng, rng.Uniform(145, 165)); }},
    {"fat-200", [](Rng& rng) { return BlackWhite(rng, rng.Uniform(200, 222)); }},
    {"faint-200", [](Rng& rng) { return BlackWhite(rng, rng.Uniform(85, 105)); }},
    {"varied-fair", [](Rng& rng) { return Varied(rng, 150, 240, 0.3); }},
    {"varied-middling", [](Rng& rng) { return Varied(rng, 130, 220, 0.65); }},
    {"varied-poor", [](Rng& rng) { return Varied(rng, 100, 200, 1.0); }},
    {"old-archive", OldArchive},
    {"copy", Copied},
    {"phone", Phone},
    {"fax", Fax},
    {"poor-150", Poor},
};

}  // namespace

Result<Scan> ApplyDamage(const Raster& page, int dpi, const std::vector<DamageStep>& steps) {
  Scan scan{page, dpi};
  for (const DamageStep& step : steps) {
    const auto found = Steps().find(step.name);
    if (found == Steps().end()) return Error{ErrorCode::kBadInput, "no damage is called " + step.name};
    Context context(scan, step);
    found->second(context);
    if (!context.missing.empty()) {
      return Error{ErrorCode::kBadInput, "damage " + step.name + " needs the number " + context.missing};
    }
  }
  return scan;
}

std::vector<std::string> DamagePresets() {
  std::vector<std::string> names;
  for (const Preset& preset : kPresets) names.emplace_back(preset.name);
  return names;
}

Result<std::vector<DamageStep>> DamagePreset(std::string_view name, Rng& rng) {
  for (const Preset& preset : kPresets) {
    if (preset.name == name) return preset.steps(rng);
  }
  return Error{ErrorCode::kNotFound, "no damage preset is called " + std::string(name)};
}

}  // namespace hoidau::print
