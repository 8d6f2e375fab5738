use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// A link as a picture to scan, or nothing if it is too long for one.
pub(crate) fn picture(link: &str) -> String {
    let Ok(code) = QrCode::encode_text(link, QrCodeEcc::Medium) else { return String::new() };
    let size = code.size();
    let mut squares = String::new();
    for y in 0..size {
        for x in (0..size).filter(|&x| code.get_module(x, y)) {
            let _ = write!(squares, "M{x} {y}h1v1h-1z");
        }
    }
    format!(
        "<svg class=\"qr\" viewBox=\"0 0 {size} {size}\" role=\"img\" \
         aria-label=\"The link as a picture to scan\"><path fill=\"#000\" d=\"{squares}\"/></svg>"
    )
}
