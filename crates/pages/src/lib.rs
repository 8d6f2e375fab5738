//! The pages that people see: HTML made by the server, plain forms and links.
//!
//! Everything works without JavaScript. An act is one form, whatever page it is begun on; see
//! `acts`. What a page shows is read in one look at the state; see `rooms`.

mod acts;
mod after;
mod button;
mod day;
mod device;
mod doing;
mod doors;
mod drawn_text;
mod field;
mod files;
mod flow_picture;
mod frame;
mod given;
mod guard;
mod here;
mod hex;
mod known_reader;
mod markdown;
mod oops;
mod reading;
mod ring_picture;
mod rooms;
mod router;
mod scan;
mod scene;
mod search;
mod trail;
mod visit;

pub use router::router;
