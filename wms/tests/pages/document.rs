//! The API's document by itself: complete, sound, and of the same routes and roles as the server.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode, header};
use serde_json::Value;
use wms::http::Access;

use crate::common::Home;
use crate::contract::Contract;
use crate::{Visitor, on_both, text};

on_both!(it_is_served_as_it_is_printed, people_read_it_as_a_page);

/// Method and path of each operation.
pub fn operations(document: &Value) -> Vec<(Method, String, &Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let each = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods").iter();
        methods.map(move |(method, operation)| {
            let method = method.to_uppercase().parse().expect("a method");
            (method, path.clone(), operation)
        })
    });
    each.collect()
}

/// Visits every schema of the document.
fn each_schema<'a>(value: &'a Value, visit: &mut impl FnMut(&'a Value)) {
    match value {
        Value::Object(fields) => {
            visit(value);
            fields.values().for_each(|inner| each_schema(inner, visit));
        }
        Value::Array(items) => items.iter().for_each(|inner| each_schema(inner, visit)),
        _ => {}
    }
}

#[test]
fn routes_and_document_hold_the_same_with_the_same_roles() {
    let document = wms::openapi();
    let routes = wms::pages::routes();
    for route in routes.table().iter().filter(|route| route.path.starts_with("/api/")) {
        assert!(
            route.operation.is_some(),
            "{route:?} is not in the document: add it with api_get or api_post"
        );
    }
    let documented: Vec<_> = routes
        .table()
        .iter()
        .filter(|route| route.operation.is_some())
        .collect();
    let operations = operations(&document);
    assert_eq!(
        operations.len(),
        documented.len(),
        "an operation stands twice, or for no route"
    );
    for route in documented {
        let (_, _, operation) = operations
            .iter()
            .find(|(method, path, _)| (method, path.as_str()) == (&route.method, route.path))
            .unwrap_or_else(|| panic!("{route:?} is not in the document"));
        let security = operation["security"].as_array().expect("security");
        let told: Vec<_> = security
            .iter()
            .map(|any| any["session"][0].as_str().expect("a role"))
            .collect();
        let roles = match route.access {
            Access::Public => Vec::new(),
            Access::Only(roles) => roles.iter().map(|role| role.code()).collect(),
        };
        assert_eq!(told, roles, "{route:?}");
    }
}

#[test]
fn it_is_openapi_3_1() {
    // The specification's own schema of it, from spec.openapis.org.
    let meta = serde_json::from_str(include_str!("openapi-3.1.json")).expect("JSON");
    let meta = jsonschema::validator_for(&meta).expect("the schema of OpenAPI 3.1");
    let document = wms::openapi();
    let faults: Vec<_> = meta.iter_errors(&document).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_reference_leads_somewhere_and_every_type_is_used() {
    let document = wms::openapi();
    let mut used = BTreeSet::new();
    each_schema(&document, &mut |schema| used.extend(schema["$ref"].as_str()));
    let named = document["components"]["schemas"].as_object().expect("schemas");
    let named: BTreeSet<_> = named
        .keys()
        .map(|name| format!("#/components/schemas/{name}"))
        .collect();
    assert_eq!(used, named.iter().map(String::as_str).collect());
}

#[test]
fn everything_has_a_meaning() {
    let document = wms::openapi();
    let mut silent = Vec::new();
    let mut ids = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        assert!(
            ids.insert(operation["operationId"].as_str().expect("an id")),
            "{path}: its id stands twice"
        );
        let parameters = operation["parameters"].as_array().expect("parameters").iter();
        let meant = parameters.clone().all(|parameter| parameter["description"].is_string());
        if !meant || operation["summary"].as_str().is_none_or(str::is_empty) {
            silent.push(format!("{method} {path}"));
        }
        let in_path = parameters.filter(|parameter| parameter["in"] == "path").count();
        assert_eq!(in_path, path.matches('{').count(), "{path}: parameters");
    }
    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        each_schema(schema, &mut |schema| {
            for (field, meaning) in schema["properties"].as_object().into_iter().flatten() {
                // The field that tells forms apart: each form has a meaning of its own.
                if meaning["description"].is_null() && meaning["const"].is_null() {
                    silent.push(format!("{name}: {field}"));
                }
            }
            for form in schema["oneOf"].as_array().into_iter().flatten() {
                if form["description"].is_null() {
                    silent.push(format!("{name}: {form}"));
                }
            }
        });
        if schema["description"].is_null() {
            silent.push(name.clone());
        }
    }
    assert!(silent.is_empty(), "without a word of what they mean: {silent:#?}");
}

#[test]
fn examples_are_of_the_form_they_show() {
    let contract = Contract::new(wms::openapi());
    let mut seen = 0;
    for (method, path, operation) in operations(&contract.document) {
        let bodies = operation["responses"].as_object().expect("responses").values();
        for body in bodies.chain(operation.get("requestBody")) {
            for media in body["content"].as_object().expect("content").values() {
                if let Some(example) = media.get("example") {
                    contract.holds(&media["schema"], example, &format!("example of {method} {path}"));
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 40, "only {seen} examples");
}

/// The contract is worth nothing if it takes anything.
#[test]
fn the_contract_refuses_what_the_document_does_not_name() {
    let contract = Contract::new(wms::openapi());
    let good: Value = serde_json::from_str(include_str!("../../src/api/examples/events.json")).expect("JSON");
    let events = &contract.document["paths"]["/api/runs/{run}/events"]["get"]["responses"]["200"];
    let schema = &events["content"]["application/json"]["schema"];
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut event = good.clone();
        change(&mut event[0]);
        !contract.faults(schema, &event).is_empty()
    };
    assert!(!refused(&|_| {}));
    assert!(refused(&|event| event["more"] = 1.into()));
    assert!(refused(&|event| event["act"]["more"] = 1.into()));
    assert!(refused(&|event| event["changes"][0]["more"] = 1.into()));
    assert!(refused(&|event| event["words"]["was"]["more"] = 1.into()));
    assert!(refused(&|event| event["act"]["do"] = "fly".into()));
    assert!(refused(&|event| event["no"] = "8".into()));
    assert!(refused(&|event| {
        event.as_object_mut().expect("an event").remove("words");
    }));
    // A movement's fields stand beside the tag of the change.
    let moved = serde_json::json!({ "area": "ground", "change": "moved", "sku": "RY001", "lot": "", "from": { "location": "R" },
            "to": { "location": "P" }, "quantity": 1 });
    assert!(!refused(&|event| event["changes"][0] = moved.clone()));
    assert!(refused(&|event| {
        event["changes"][0] = moved.clone();
        event["changes"][0]["more"] = 1.into();
    }));
}

async fn it_is_served_as_it_is_printed(home: &Home) {
    let server = home.server(false).await;
    let served = text(server.get(&Visitor::default(), "/api/openapi.json").await).await;
    assert_eq!(serde_json::from_str::<Value>(&served).expect("JSON"), wms::openapi());
}

async fn people_read_it_as_a_page(home: &Home) {
    let server = home.server(true).await;
    let page = server.page(&Visitor::default(), "/api").await;
    let document = wms::openapi();
    for (method, path, operation) in operations(&document) {
        let head = format!("<h2><code><b>{method}</b> {path}</code></h2>");
        assert!(page.contains(&head), "{method} {path}");
        assert!(page.contains(operation["summary"].as_str().expect("text")), "{path}");
    }
    for name in document["components"]["schemas"].as_object().expect("schemas").keys() {
        assert!(
            page.contains(&format!("<section class=\"card\" id=\"{name}\">")),
            "{name}"
        );
    }
    let links = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
    for target in links {
        assert!(page.contains(&format!("id=\"{target}\"")), "#{target} leads nowhere");
    }
    assert!(
        !page.contains("http://") && !page.contains("https://"),
        "nothing comes from elsewhere"
    );
    let technician = server.sign_in("sun").await;
    let response = server.get(&technician, "/devices").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
    assert!(text(response).await.contains("href=\"/api\""), "technicians find it");
}
