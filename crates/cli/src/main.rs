//! The command line of Artel.

fn main() {}
