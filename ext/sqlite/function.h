// From a table row to an SQL function.
//
//   void cache_get(Connection& connection, Call& call) { call.result(…); }
//   constexpr Function<Connection> kFunctions[] = {
//       {"cache_get", 1, 2, kReads, cache_get, "cache_get(key [, default])", "the value, or default
//       on a miss"}};
//   register_function(db, kFunctions[0], connection);
//
// `State` is what all functions of one connection share. It must offer `around(name, body)`, which
// runs body() for the function or table of that name, and is the place for what every call needs;
// `is_guarded()`: then what writes is DIRECTONLY; and `check_caller(writes)`, which is called
// before what is DIRECTONLY and throws where not the caller's own SQL but the file brings it about.
#pragma once

#include <climits>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sqlite/boundary.h"
#include "sqlite/signature.h"
#include "sqlite/value.h"

namespace larder {

// One call of an SQL function: its arguments and its result.
class Call {
 public:
  Call(sqlite3_context* context, Values arguments) : context_(context), arguments_(arguments) {}

  int count() const { return static_cast<int>(arguments_.size()); }
  sqlite3_value* operator[](int index) const { return arguments_[static_cast<std::size_t>(index)]; }

  // The argument at `index`, or nullptr when the call has fewer.
  sqlite3_value* optional(int index) const { return index < count() ? (*this)[index] : nullptr; }

  // The argument at `index`, called `what`, which must be there. Throws Error when it is NULL.
  sqlite3_value* required(int index, const char* what) const {
    sqlite3_value* argument = (*this)[index];
    if (is_null(argument)) throw Error(std::string(what) + " must not be NULL");
    return argument;
  }

  void result(std::int64_t value) { sqlite3_result_int64(context_, value); }
  void result(bool value) { sqlite3_result_int(context_, value ? 1 : 0); }
  void result(double value) { sqlite3_result_double(context_, value); }
  // Copies; nullptr is NULL. JSON becomes the text that it is: a value that the caller gives is the
  // same as when it comes from the file (https://sqlite.org/c3ref/result_subtype.html).
  void result(sqlite3_value* value) {
    if (value != nullptr) {
      sqlite3_result_value(context_, value);
      sqlite3_result_subtype(context_, 0);
    } else {
      sqlite3_result_null(context_);
    }
  }
  void result(std::string_view text) {
    sqlite3_result_text64(context_, text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT,
                          SQLITE_UTF8);
  }
  void result(const char*) = delete;  // it would be a bool: say string_view
  // Bytes as they are, not copied but for destroy SQLITE_TRANSIENT; SQLite calls `destroy`. A text
  // of size -1 ends with its first NUL.
  void result_text(const char* text, int size, void (*destroy)(void*)) {
    sqlite3_result_text(context_, text, size, destroy);
  }
  void result_blob(const char* bytes, int size, void (*destroy)(void*)) {
    sqlite3_result_blob(context_, bytes, size, destroy);
  }
  void result_null() { sqlite3_result_null(context_); }

  // As result(), before a change that must not be made unless its result can be returned. Throws
  // std::bad_alloc. (It looks at SQLite's error code, which may still be that of an earlier call:
  // so a statement is run first if need be.)
  void result_first(sqlite3_value* value) {
    sqlite3* db = sqlite3_context_db_handle(context_);
    if (sqlite3_errcode(db) == SQLITE_NOMEM)
      check(db, sqlite3_exec(db, "SELECT 1", nullptr, nullptr, nullptr));
    result(value);
    check_result();
  }

  // Throws std::bad_alloc when there was no memory for the result: SQLite itself reports that only
  // when the call is over. Call it right after result(), before a commit.
  void check_result() const {
    if (sqlite3_errcode(sqlite3_context_db_handle(context_)) == SQLITE_NOMEM)
      throw std::bad_alloc();
  }

 private:
  sqlite3_context* context_;
  Values arguments_;
};

// What a call does, and so where it may stand: https://sqlite.org/c3ref/c_deterministic.html.
struct Effect {
  int flags;
  int writes_from;  // with so many arguments, or more, it writes

  constexpr bool writes(int arguments) const { return arguments >= writes_from; }
  constexpr int flags_of(int arguments, bool is_guarded) const {
    return is_guarded && writes(arguments) ? flags | SQLITE_DIRECTONLY : flags;
  }
  constexpr bool is_direct_only(int arguments, bool is_guarded) const {
    return (flags_of(arguments, is_guarded) & SQLITE_DIRECTONLY) != 0;
  }
};

constexpr Effect writes_with(int arguments) { return {0, arguments}; }
inline constexpr Effect kWrites = writes_with(0);
inline constexpr Effect kReads = writes_with(INT_MAX);
// Always the same, and nothing of the file's.
inline constexpr Effect kConstant{SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, kReads.writes_from};
// Reaches beyond the rows of the file, such as to files of a directory: no view and no trigger may.
// If it writes, then only what it finds there to write.
inline constexpr Effect kReachesOut{SQLITE_DIRECTONLY, kReads.writes_from};

// A row of a registry. One whose signature does not fit does not compile.
template <class State>
struct Function {
  using Body = void(State&, Call&);

  consteval Function(const char* sql_name, int min, int max, Effect its_effect, Body* body,
                     const char* help_signature, const char* help_summary)
      : name(sql_name),
        min_arguments(min),
        max_arguments(max),
        effect(its_effect),
        run(body),
        signature(help_signature),
        summary(help_summary) {
    check_function_signature(signature, name, {min, max});
  }

  const char* name;
  int min_arguments;
  int max_arguments;
  Effect effect;
  Body* run;
  const char* signature;
  const char* summary;
};

namespace detail {

template <class State>
struct BoundFunction {
  const Function<State>* function;
  std::shared_ptr<State> state;
};

// The message first, then the code: sqlite3_result_error() resets the code.
inline void report_error(sqlite3_context* context, const char* name, int code,
                         const char* message) noexcept {
  if (code == SQLITE_NOMEM) return sqlite3_result_error_nomem(context);
  // A function that was called by a trigger of its own statement has said its name already.
  const std::string_view said(message);
  const bool is_named =
      said.starts_with(name) && said.substr(std::string_view(name).size()).starts_with(": ");
  char* text = is_named ? sqlite3_mprintf("%s", message) : sqlite3_mprintf("%s: %s", name, message);
  if (text == nullptr) return sqlite3_result_error_nomem(context);
  sqlite3_result_error(context, text, -1);
  sqlite3_free(text);
  sqlite3_result_error_code(context, code);
}

template <class State>
void call_function(sqlite3_context* context, int count, sqlite3_value** arguments) noexcept {
  auto* bound = static_cast<BoundFunction<State>*>(sqlite3_user_data(context));
  guard(
      [&] {
        Call call(context, Values(arguments, static_cast<std::size_t>(count)));
        bound->state->around(bound->function->name, [&] {
          const Effect& effect = bound->function->effect;
          if (effect.is_direct_only(count, bound->state->is_guarded()))
            bound->state->check_caller(effect.writes(count));
          bound->function->run(*bound->state, call);
        });
      },
      [&](int code, const char* message) {
        report_error(context, bound->function->name, code, message);
      });
}

template <class State>
void destroy_function(void* bound) noexcept {
  const std::unique_ptr<BoundFunction<State>> owner(static_cast<BoundFunction<State>*>(bound));
}

}  // namespace detail

// Registers `function`, which must outlive the connection, once for each number of arguments, so
// that SQLite itself refuses a wrong number when the statement is prepared. Throws Error.
template <class State>
void register_function(sqlite3* db, const Function<State>& function,
                       const std::shared_ptr<State>& state) {
  for (int count = function.min_arguments; count <= function.max_arguments; ++count) {
    auto bound = std::make_unique<detail::BoundFunction<State>>(
        detail::BoundFunction<State>{&function, state});
    // (SQLITE_RESULT_SUBTYPE, which only a header since 3.45 knows: Call::result() may set one.)
    constexpr int kResultSubtype = 0x1000000;
    const int flags =
        SQLITE_UTF8 | kResultSubtype | function.effect.flags_of(count, state->is_guarded());
    // SQLite owns it from here on, and destroys it also when this call fails.
    check(db, sqlite3_create_function_v2(db, function.name, count, flags, bound.release(),
                                         detail::call_function<State>, nullptr, nullptr,
                                         detail::destroy_function<State>));
  }
}

// Takes `function` back, as far as SQLite allows (not while a statement runs).
template <class State>
void unregister_function(sqlite3* db, const Function<State>& function) noexcept {
  for (int count = function.min_arguments; count <= function.max_arguments; ++count) {
    sqlite3_create_function_v2(db, function.name, count, SQLITE_UTF8, nullptr, nullptr, nullptr,
                               nullptr, nullptr);
  }
}

}  // namespace larder
