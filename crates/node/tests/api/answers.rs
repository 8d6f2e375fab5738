use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::node_at::{Answer, At};
use crate::valley::Valley;

impl Valley {
    async fn answer(&self, unit: u32, token: Option<&str>) -> Answer {
        let path = format!("{}/rounds/1/plans/first/answers/{unit}", self.path);
        self.at.get(&path, token).await
    }
}

fn pretty(answer: &Value) -> String {
    serde_json::to_string_pretty(answer).unwrap()
}

#[tokio::test]
async fn a_program_is_told_why_a_need_stayed_open_what_would_help_and_what_decided() {
    let valley = Valley::new("public").await;
    let pottery = valley.answer(3, Some(&valley.olga)).await.found();
    assert_snapshot!(pretty(&pottery), @r#"
    {
      "asked": [],
      "backers": [
        {
          "met_seconds": 3600,
          "unit": 1,
          "with_seconds": 3600
        }
      ],
      "deliveries": [
        {
          "decided": "hours",
          "giver": 3,
          "receiver": 1,
          "seconds": 3600,
          "version": 4
        },
        {
          "decided": "hours",
          "giver": 1,
          "receiver": 3,
          "seconds": 3600,
          "version": 2
        }
      ],
      "left_out": [],
      "offerings": [
        {
          "met_seconds": 18000,
          "unit": 3,
          "version": 4,
          "with_seconds": 14400
        }
      ],
      "open_needs": [
        {
          "met_seconds": 3600,
          "needed_seconds": 7200,
          "owed_by": null,
          "parts": [
            {
              "decided": null,
              "instead_of": [],
              "says": "1:00 hours: the room of Pottery is used up. With 1:00 hours more room it would get them, and nobody would get less.",
              "seconds": 3600,
              "units": [],
              "why": "room-used-up"
            }
          ],
          "version": 2
        }
      ],
      "room": [
        {
          "met_seconds": 3600,
          "with_seconds": 3600
        }
      ],
      "says": [
        "Pottery needs 2:00 hours of bread/2. The plan meets 1:00 of them; 1:00 stay open.",
        "1:00 hours: the room of Pottery is used up. With 1:00 hours more room it would get them, and nobody would get less.",
        "With 1:00 hours more room for Pottery, 1:00 more hours of needs would be met in all.",
        "Bakery could back Pottery with 1:00 hours: then 1:00 more hours of needs would be met.",
        "If Pottery offered 4:00 hours more of pot/2, 5:00 more hours of needs would be met.",
        "Since this way the most hours of needs are met: Pottery gives Bakery 1:00 hours of pot/2; Bakery gives Pottery 1:00 hours of bread/2."
      ],
      "unit": 3
    }
    "#);
}

#[tokio::test]
async fn a_need_that_nobody_could_meet_is_told_as_left_out() {
    let valley = Valley::new("public").await;
    let bakery = valley.answer(1, None).await.found();
    assert_snapshot!(pretty(&bakery["left_out"]), @r#"
    [
      {
        "need": 3,
        "says": "Bakery needs 3 piece of soap/2. Nobody offered it to this round.",
        "versions": [
          6
        ]
      }
    ]
    "#);
    assert_snapshot!(pretty(&bakery["open_needs"]), @r#"
    [
      {
        "met_seconds": 3600,
        "needed_seconds": 18000,
        "owed_by": null,
        "parts": [
          {
            "decided": null,
            "instead_of": [],
            "says": "4:00 hours: nobody offers so much of pot/2.",
            "seconds": 14400,
            "units": [],
            "why": "not-offered"
          }
        ],
        "version": 4
      }
    ]
    "#);
}

#[tokio::test]
async fn a_unit_without_wishes_is_told_what_it_could_offer() {
    let valley = Valley::new("public").await;
    let smithy = valley.answer(4, None).await.found();
    for list in ["open_needs", "left_out", "room", "backers", "asked", "deliveries"] {
        assert_eq!(smithy[list], json!([]), "{list}");
    }
    let pots = "If Smithy offered 4:00 hours more of pot/2, 4:00 more hours of needs would be met.";
    assert_eq!(smithy["says"], json!([pots]));
}

#[tokio::test]
async fn who_had_no_part_in_a_plan_that_was_not_made_is_not_found() {
    let valley = Valley::new("public").await;
    assert_eq!(valley.answer(2, None).await.refused(), (404, "missing".to_owned()));
    assert_eq!(valley.answer(99, None).await.refused(), (404, "missing".to_owned()));
    for plan in ["rounds/1/plans/third", "rounds/7/plans/first"] {
        let path = format!("{}/{plan}/answers/1", valley.path);
        assert_eq!(valley.at.get(&path, None).await.status, 404, "{plan}");
    }
}

#[tokio::test]
async fn only_members_are_answered_where_only_members_read() {
    let valley = Valley::new("members").await;
    let stranger = valley.at.reader("karim").await;
    assert_eq!(valley.answer(1, None).await.refused(), (401, "not-signed-in".to_owned()));
    let refused = valley.answer(1, Some(&stranger)).await.refused();
    assert_eq!(refused, (403, "not-a-member".to_owned()));
    // A member of another unit may ask: the record is open to all members.
    assert_eq!(valley.answer(1, Some(&valley.olga)).await.found()["unit"], 1);
    assert_eq!(valley.answer(3, Some(&valley.rosa)).await.found()["unit"], 3);
}

#[tokio::test]
async fn every_answer_of_half_a_year_is_of_the_shape_that_the_document_describes() {
    let at = At::demo();
    let hosted = at.node.host_sample().unwrap();
    let valley = format!("/api/v1/f/{}", hosted.short_id());
    let document = at.get("/api/v1/openapi.json", None).await.found();
    let route = "/f/{federation}/rounds/{number}/plans/{pass}/answers/{unit}";
    let schema = document["paths"][route]["get"]["responses"]["200"]["content"]["application/json"]
        ["schema"]["properties"]
        .clone();
    let described: Vec<_> = schema.as_object().unwrap().keys().collect();
    let mut open = 0;
    for unit in 1..=12 {
        let path = format!("{valley}/rounds/3/plans/first/answers/{unit}");
        let answer = at.get(&path, None).await;
        if answer.status == 404 {
            continue;
        }
        let answer = answer.found();
        assert_eq!(answer.as_object().unwrap().keys().collect::<Vec<_>>(), described);
        for need in answer["open_needs"].as_array().unwrap() {
            let parts = need["parts"].as_array().unwrap();
            let parts: i64 = parts.iter().map(|part| part["seconds"].as_i64().unwrap()).sum();
            let seconds = |field: &str| need[field].as_i64().unwrap();
            assert_eq!(seconds("met_seconds") + parts, seconds("needed_seconds"), "{need}");
            open += 1;
        }
        for delivery in answer["deliveries"].as_array().unwrap() {
            assert!(delivery["decided"].is_string(), "{delivery}");
        }
    }
    assert!(open > 0);
}
