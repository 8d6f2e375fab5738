//! Reading a table row by row, however long it is.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use csv::{ByteRecord, ReaderBuilder, Trim};

use super::Fault;
use super::names::plain;
use super::progress::Progress;

/// The columns that a table may have.
pub(crate) struct Columns {
    pub(crate) needed: &'static [&'static str],
    pub(crate) optional: &'static [&'static str],
}

impl Columns {
    fn place(&self, name: &str) -> Option<usize> {
        self.needed.iter().chain(self.optional).position(|column| *column == name)
    }

    fn count(&self) -> usize {
        self.needed.len() + self.optional.len()
    }
}

/// A table that is open, its heading read.
pub(crate) struct Table {
    path: PathBuf,
    reader: csv::Reader<Box<dyn Read>>,
    record: ByteRecord,
    columns: Columns,
    /// The field of each column, needed ones first.
    fields: Vec<Option<usize>>,
    width: usize,
    progress: Progress,
}

/// One row of a table.
pub(crate) struct Row<'a> {
    path: &'a Path,
    record: &'a ByteRecord,
    fields: &'a [Option<usize>],
    columns: &'a Columns,
    pub(crate) line: u64,
}

impl Table {
    /// Opens a file and reads its heading. A byte order mark and any line endings are accepted.
    pub(crate) fn open(path: &Path, columns: Columns) -> Result<Self, Fault> {
        let file = File::open(path).map_err(|cause| Fault::reading(path, cause))?;
        let about = file.metadata().map_err(|cause| Fault::reading(path, cause))?;
        if about.is_dir() {
            return Err(Fault::in_file(path, "this is a directory; expected a file"));
        }
        let progress = Progress::bytes(&format!("reading {}", path.display()), about.len());
        let mut input = BufReader::with_capacity(1 << 16, file);
        let start = input.fill_buf().map_err(|cause| Fault::reading(path, cause))?;
        if start.is_empty() {
            let message = format!("the file is empty; expected the columns {}", columns.text());
            return Err(Fault::in_file(path, message));
        }
        if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
            return Err(Fault::in_file(path, "the file is in UTF-16; save it as UTF-8"));
        }
        if start.starts_with("\u{feff}".as_bytes()) {
            input.consume(3);
        }
        let reader: Box<dyn Read> = Box::new(input);
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .buffer_capacity(1 << 16)
            .from_reader(reader);
        let mut table = Self {
            path: path.into(),
            reader,
            record: ByteRecord::new(),
            fields: vec![None; columns.count()],
            columns,
            width: 0,
            progress,
        };
        table.read_heading()?;
        Ok(table)
    }

    /// Whether the heading has a column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns.place(column).and_then(|i| self.fields.get(i)).is_some_and(Option::is_some)
    }

    fn read_heading(&mut self) -> Result<(), Fault> {
        if !self.advance()? {
            let message =
                format!("the file is empty; expected the columns {}", self.columns.text());
            return Err(Fault::in_file(&self.path, message));
        }
        let line = self.line();
        self.width = self.record.len();
        let mut unused = Vec::new();
        for (field, name) in self.record.iter().enumerate() {
            let name = std::str::from_utf8(name).map_err(|_| not_utf8(&self.path, line))?;
            let Some(slot) = self.columns.place(name).and_then(|i| self.fields.get_mut(i)) else {
                unused.push(name);
                continue;
            };
            if slot.replace(field).is_some() {
                let message = format!("column `{name}` stands there twice; expected it once");
                return Err(Fault::in_line(&self.path, line, message));
            }
        }
        self.needs_all(line)?;
        for name in unused {
            eprintln!(
                "artel: {}:{line}: column `{}` is not used",
                self.path.display(),
                plain(name)
            );
        }
        Ok(())
    }

    /// Refused if a needed column is missing.
    fn needs_all(&self, line: u64) -> Result<(), Fault> {
        let mut needed = self.columns.needed.iter().zip(&self.fields);
        let Some((name, _)) = needed.find(|(_, field)| field.is_none()) else { return Ok(()) };
        let expected = self.columns.text();
        let found = String::from_utf8_lossy(self.record.as_slice());
        let message = if self.width == 1 {
            format!(
                "column `{name}` is missing in `{found}`; expected {expected}, with commas between \
                 them"
            )
        } else {
            format!("column `{name}` is missing; expected {expected}")
        };
        Err(Fault::in_line(&self.path, line, message))
    }

    /// The next row; none after the last.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, Fault> {
        if !self.advance()? {
            self.progress.done();
            return Ok(None);
        }
        let line = self.line();
        self.progress.at(self.reader.position().byte());
        if self.record.len() != self.width {
            let (found, width) = (self.record.len(), self.width);
            let message = format!("the line has {found} fields; expected {width}, as the heading");
            return Err(Fault::in_line(&self.path, line, message));
        }
        let Self { path, record, fields, columns, .. } = self;
        Ok(Some(Row { path, record, fields, columns, line }))
    }

    fn advance(&mut self) -> Result<bool, Fault> {
        self.reader.read_byte_record(&mut self.record).map_err(|fault| {
            let cause = match fault.into_kind() {
                csv::ErrorKind::Io(cause) => cause,
                other => io::Error::other(format!("{other:?}")),
            };
            Fault::reading(&self.path, cause)
        })
    }

    fn line(&self) -> u64 {
        self.record.position().map_or(1, csv::Position::line)
    }
}

impl<'a> Row<'a> {
    /// The text in a column; empty if the column is missing. Refused unless it is UTF-8.
    pub(crate) fn text(&self, column: &str) -> Result<&'a str, Fault> {
        let field = self.columns.place(column).and_then(|i| self.fields.get(i).copied().flatten());
        let bytes = field.and_then(|field| self.record.get(field)).unwrap_or_default();
        std::str::from_utf8(bytes).map_err(|_| not_utf8(self.path, self.line))
    }

    /// A name in a column: refused if nothing stands there.
    pub(crate) fn name(&self, column: &str) -> Result<&'a str, Fault> {
        match self.text(column)? {
            "" => Err(self.refuse(format!("column `{column}` is empty; expected a name"))),
            name => Ok(name),
        }
    }

    /// A number in a column, read by one of the functions of `measure`.
    pub(crate) fn number<T>(
        &self,
        column: &str,
        parse: impl Fn(&str) -> Result<T, measure::NumberRefused>,
    ) -> Result<T, Fault> {
        parse(self.text(column)?).map_err(|why| self.refuse(format!("{column}: {why}")))
    }

    /// A number in a column that may be empty.
    pub(crate) fn number_if_any<T>(
        &self,
        column: &str,
        parse: impl Fn(&str) -> Result<T, measure::NumberRefused>,
    ) -> Result<Option<T>, Fault> {
        if self.text(column)?.is_empty() { Ok(None) } else { self.number(column, parse).map(Some) }
    }

    /// The file and the line, for a message about another row.
    pub(crate) fn position(&self) -> String {
        format!("{}:{}", self.path.display(), self.line)
    }

    /// A fault of this row.
    pub(crate) fn refuse(&self, message: impl Into<String>) -> Fault {
        Fault::in_line(self.path, self.line, message)
    }
}

impl Columns {
    /// The columns as they would stand in a heading, optional ones in brackets.
    fn text(&self) -> String {
        let optional = self.optional.iter().map(|name| format!("[,{name}]"));
        format!("`{}{}`", self.needed.join(","), optional.collect::<String>())
    }
}

fn not_utf8(path: &Path, line: u64) -> Fault {
    Fault::in_line(path, line, "the line is not UTF-8; save the file as UTF-8")
}
