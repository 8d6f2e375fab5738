//! Every answer about a plan is compared with what solving again, or a plain search, finds.

mod apart;
mod cases;
mod help;
mod plain;
mod stages;
mod why;
