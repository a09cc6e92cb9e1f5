// In place of what Backstage's URL reader, certificates and caches load and no test uses: SDKs of clouds and code hosts
// are four tenths of the modules of a test of a backend. Whoever needs one finds that nothing of it is there.
module.exports = {};
