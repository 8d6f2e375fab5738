//! The interface for programs, asked in-process.

mod acts;
mod answers;
mod document;
mod federations;
mod node_at;
mod outlook;
mod reading;
mod record_paths;
mod sessions;
mod spreadsheets;
mod statements;
mod valley;
