//! `artel round` on files.

mod bad_input;
mod changed_files;
mod explain;
mod folder;
mod solve;
mod swap;
