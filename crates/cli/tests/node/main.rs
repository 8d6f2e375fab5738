//! The commands against a node on this machine.

mod acts;
mod exit_codes;
mod hosting;
mod reads;
mod served;
mod settings;
