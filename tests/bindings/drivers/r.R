#!/usr/bin/env Rscript
# RSQLite, through DBI. tests/bindings/checker/driver.py says what a driver does.
library(DBI)

digits <- charToRaw("0123456789abcdef")
from_hex <- function(text) {
  values <- match(charToRaw(text), digits) - 1
  as.raw(16 * values[c(TRUE, FALSE)] + values[c(FALSE, TRUE)])
}

to_hex <- function(bytes) paste(as.character(bytes), collapse = "")

# An integer of R has 32 bits: a larger one is bit64's integer64, which RSQLite also reads.
decode <- function(word) {
  text <- substring(word, 2, nchar(word))
  switch(substring(word, 1, 1),
    n = NA,
    t = { value <- rawToChar(from_hex(text)); Encoding(value) <- "UTF-8"; value },
    b = blob::blob(from_hex(text)),
    i = bit64::as.integer64(text),
    p = as.numeric(text),
    r = as.numeric(text))
}

encode <- function(value) {
  if (is.list(value)) {
    if (is.null(value[[1]])) return("n")
    return(paste0("b", to_hex(value[[1]])))
  }
  if (is.na(value)) return("n")
  if (is.character(value)) return(paste0("t", to_hex(charToRaw(enc2utf8(value)))))
  if (bit64::is.integer64(value) || is.integer(value)) return(paste0("i", as.character(value)))
  paste0("r", format(value, digits = 17))
}

statement <- function(word) {
  parts <- strsplit(word, ":", fixed = TRUE)[[1]]
  list(has_rows = parts[1] == "q", sql = decode(parts[2]), values = lapply(parts[-(1:2)], decode))
}

# A data frame's rows, each a list of its values.
in_rows <- function(frame) lapply(seq_len(nrow(frame)), function(i) lapply(frame, function(column) column[i]))

open_file <- function(path) {
  con <- dbConnect(RSQLite::SQLite(), path, loadable.extensions = TRUE)
  dbGetQuery(con, "SELECT load_extension(?)", params = list(Sys.getenv("LARDER")))
  con
}

rows <- function(con, one) {
  params <- if (length(one$values)) one$values
  if (one$has_rows) return(in_rows(dbGetQuery(con, one$sql, params = params)))
  dbExecute(con, one$sql, params = params)
  list()
}

# The result is compiled once, bound again and again, and must be read to its end each time.
reuse <- function(con, statements) {
  result <- if (statements[[1]]$has_rows) dbSendQuery(con, statements[[1]]$sql) else dbSendStatement(con, statements[[1]]$sql)
  on.exit(dbClearResult(result))
  unlist(lapply(statements, function(one) {
    dbBind(result, one$values)
    if (one$has_rows) in_rows(dbFetch(result)) else list()
  }), recursive = FALSE)
}

first <- function(con, count, one) {
  result <- dbSendQuery(con, one$sql, params = one$values)
  on.exit(dbClearResult(result))
  in_rows(dbFetch(result, n = count))
}

# dbWithTransaction begins a deferred transaction.
atomic <- function(con, end, statements) {
  found <- list()
  dbWithTransaction(con, {
    found <- unlist(lapply(statements, function(one) rows(con, one)), recursive = FALSE)
    if (end == "rollback") dbBreak()
  })
  found
}

open <- new.env()
statements <- function(words) lapply(words, statement)
answers <- list(
  hello = function() list(list(as.character(packageVersion("RSQLite")), RSQLite::rsqliteVersion()[["library"]])),
  open = function(name, path) { open[[name]] <- open_file(decode(path)); list() },
  close = function(name) { dbDisconnect(open[[name]]); list() },
  run = function(name, word) rows(open[[name]], statement(word)),
  reuse = function(name, ...) reuse(open[[name]], statements(c(...))),
  first = function(name, count, word) first(open[[name]], as.integer(count), statement(word)),
  atomic = function(name, end, ...) atomic(open[[name]], end, statements(c(...))))

input <- file("stdin", open = "r")
while (length(line <- readLines(input, n = 1)) > 0) {
  words <- strsplit(line, " ", fixed = TRUE)[[1]]
  said <- tryCatch({
    found <- do.call(answers[[words[1]]], as.list(words[-1]))
    paste(c("ok", vapply(found, function(row) paste(vapply(row, encode, ""), collapse = ":"), "")), collapse = " ")
  }, error = function(error) paste0("error ", encode(conditionMessage(error))))
  cat(said, "\n", sep = "")
  flush(stdout())
}
