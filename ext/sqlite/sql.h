// SQL that the compiler puts together, so that it reads as SQL where it is written and is a literal
// where it is used.
//
//   constexpr auto kLive = sql("(expires_at IS NULL OR expires_at > ?2)");
//   constexpr auto kTouch = sql(R"(
//   UPDATE main.larder_cache
//   SET expires_at = ?4
//   WHERE key = ?1 AND {})", kLive);
//   connection.query(kTouch);
#pragma once

#include <cstddef>
#include <string_view>

namespace larder {

// A statement, or a part of one, of N characters.
template <std::size_t N>
struct SqlText {
  consteval SqlText() = default;
  consteval SqlText(const char (&literal)[N + 1]) {
    for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
  }
  char text[N + 1] = {};
};

template <std::size_t Size>
SqlText(const char (&literal)[Size]) -> SqlText<Size - 1>;

namespace detail {

template <std::size_t Size, std::size_t... N>
consteval auto fill(const char (&frame)[Size], const SqlText<N>&... parts) {
  SqlText<Size - 1 + (N + ... + 0) - 2 * sizeof...(parts)> result;
  const std::string_view views[] = {std::string_view(parts.text)..., std::string_view()};
  std::size_t part = 0, end = 0;
  for (std::size_t i = 0; i + 1 < Size; ++i) {
    if (frame[i] != '{') {
      result.text[end++] = frame[i];
    } else {
      if (frame[++i] != '}' || part == sizeof...(parts)) throw "a {} without its part";
      for (const char c : views[part++]) result.text[end++] = c;
    }
  }
  if (part != sizeof...(parts)) throw "a part without its {}";
  return result;
}

}  // namespace detail

// `frame` with each {} replaced by the next of `parts`, which are literals or other results of
// this. A frame with too many or too few {} does not compile.
template <std::size_t Size, class... Parts>
consteval auto sql(const char (&frame)[Size], const Parts&... parts) {
  return detail::fill(frame, SqlText(parts)...);
}

// A complete statement: a literal, or a constant made by sql(). Nothing else compiles. So no value
// of a user's can get into it, and its address can be its name (store/statement_cache.h).
class Sql {
 public:
  template <std::size_t N>
  consteval Sql(const SqlText<N>& text) : text_(text.text) {}
  template <std::size_t Size>
  consteval Sql(const char (&text)[Size]) : text_(text) {}

  constexpr const char* text() const { return text_; }

 private:
  const char* text_;
};

}  // namespace larder
