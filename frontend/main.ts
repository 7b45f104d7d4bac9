// Wakes the GOV.UK and MoJ components on a page, and keeps drafts; every page works without it.
import { initAll as initGovuk } from "govuk-frontend";
import { initAll as initMoj } from "@ministryofjustice/frontend";
import { keepDrafts } from "./draft";

initGovuk();
initMoj();
keepDrafts();
