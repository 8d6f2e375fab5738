use super::Case;
use crate::phrases;

pub(super) const CASES: &[Case] = &[
    ("A unit backs another with nothing.", |mut stage| {
        let back = phrases::back(stage.unit(stage.clinic), 0);
        stage.refuses(stage.farm, back)
    }),
    ("A unit lends more than its own base.", |mut stage| {
        let back = phrases::back(stage.unit(stage.clinic), 21);
        stage.refuses(stage.farm, back)
    }),
    ("A unit asks back more than it has lent.", |mut stage| {
        let back = phrases::back(stage.unit(stage.clinic), 5);
        stage.scene.does(stage.farm, back);
        let release = phrases::release(stage.unit(stage.clinic), 6);
        stage.refuses(stage.farm, release)
    }),
];
