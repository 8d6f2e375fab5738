use super::Case;
use crate::phrases;

pub(super) const CASES: &[Case] = &[
    ("The clinic names one thing twice in the list of what it would take.", |mut stage| {
        let drill = stage.scene.brought(stage.bakery, stage.bread);
        let tent = stage.scene.brought(stage.clinic, stage.bread);
        stage.refuses(stage.clinic, phrases::would_take(tent, &[drill, drill]))
    }),
    ("The bakery would take its own tent for its drill.", |mut stage| {
        let drill = stage.scene.brought(stage.bakery, stage.bread);
        let tent = stage.scene.brought(stage.bakery, stage.bread);
        stage.refuses(stage.bakery, phrases::would_take(drill, &[tent]))
    }),
    ("The clinic would take a drill that the bakery has taken back.", |mut stage| {
        let drill = stage.scene.brought(stage.bakery, stage.bread);
        let tent = stage.scene.brought(stage.clinic, stage.bread);
        stage.scene.does(stage.bakery, phrases::withdraw_thing(drill));
        stage.refuses(stage.clinic, phrases::would_take(tent, &[drill]))
    }),
];
