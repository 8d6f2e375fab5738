//! The commands against a node on this machine.

mod acts;
mod exit_codes;
mod government;
mod hosting;
mod reads;
mod served;
mod settings;
