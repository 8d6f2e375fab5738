//! Tidy checks, also run as a test.

fn main() {}
