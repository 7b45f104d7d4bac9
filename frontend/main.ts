// Wakes the GOV.UK and MoJ components on a page; every page works without it.
import { initAll as initGovuk } from "govuk-frontend";
import { initAll as initMoj } from "@ministryofjustice/frontend";

initGovuk();
initMoj();
