import collections, time
from tests.journeys.test_canary_crawl import *
def test_count(planted):
    t=time.time(); c=collections.Counter(); slow=collections.Counter()
    client=visitor("analyst@mers"); last=time.time()
    for a,_ in crawl(client, addresses(planted)):
        now=time.time(); c[a.partition("?")[0]]+=1; slow[a.partition("?")[0]]+=now-last; last=now
    print(sum(c.values()), time.time()-t); 
    for k,v in slow.most_common(12): print(k, c[k], round(v,2))
