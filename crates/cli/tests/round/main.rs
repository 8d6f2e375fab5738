//! `artel round` on files.

mod bad_input;
mod changed_files;
mod conditions;
mod explain;
mod folder;
mod solve;
mod swap;
