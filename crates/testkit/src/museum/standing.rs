use federation::Act;
use federation::act::{Method, SetMethod};

use super::Case;

pub(super) const CASES: &[Case] =
    &[("A unit wants to try consent four times before it counts.", |mut stage| {
        let method = Method { consent_tries: 4, ..Method::default() };
        stage.refuses(stage.farm, Act::SetMethod(SetMethod { method }))
    })];
