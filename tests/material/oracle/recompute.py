"""An evaluator of the expression language written apart from the product, to know what it should answer.

Reads data/raw, data/territories.yaml, study.yaml and the templates; writes expected.json beside itself: for each edition
each expression that the study asks, with its exact value (12 decimals where it is a fraction).
The methods are written here anew: exact p by Mahonian numbers (Mann-Kendall) and by a walk over the sets of ranks (Pettitt),
Student's p in closed form, roots in sixty digits. Not recomputed: the exact p of Spearman below ten pairs, which the study does not ask, and the interval of an extrapolation,
which takes a quantile of Student's; what asks for it is left out and counted.

Usage: python3 tests/material/oracle/recompute.py [FILE]   (from the root of the repository; needs PyYAML)"""
import re, csv, json, os, yaml, glob, sys, math
from decimal import Decimal, getcontext
from functools import lru_cache
from fractions import Fraction as F
from collections import OrderedDict as OD
HERE=os.path.dirname(os.path.abspath(__file__))
ROOT=os.path.join(HERE,'..','..','..')
def rd(f):
    found=glob.glob(os.path.join(ROOT,'data','raw','*','*',re.sub(r'^(bns|article_[ab])_','',f)))
    assert len(found)==1,(f,found)
    return list(csv.DictReader(open(found[0],encoding='utf-8')))
TERRITORIES=yaml.safe_load(open(os.path.join(ROOT,'data','territories.yaml'),encoding='utf-8'))['territories']
TERR=[t['code'] for t in TERRITORIES]
# official order: KZ, regions, cities
KIND={t['code']:t['kind'] for t in TERRITORIES}
PARENT={'KZ-10':'KZ-63','KZ-33':'KZ-19','KZ-62':'KZ-35','KZ-61':'KZ-51','KZ-79':'KZ-51'}
FIG=None
def tables():
    T={}
    def put(t,dims,meas,vint,rows):
        T.setdefault(t,{'dims':dims,'m':{}})['m'].setdefault(meas,[]).append((vint,rows))
    for m in('total','urban','rural'):
        put('population',('t','p'),m,'bns-final',{('KZ',r['year']):F(r[m]) for r in rd('bns_population_national_2000_2025.csv')})
        put('net_migration',('t','p'),m,'bns-final',{('KZ',r['year']):F(r[m]) for r in rd('bns_net_migration_national_2000_2024.csv')})
        put('net_migration',('t','p'),m,'bns-final',{(r['territory'],r['year']):F(r[m]) for r in rd('bns_net_migration_region_2023_2024.csv')})
    put('population',('t','p'),'total','bns-final',{(r['territory'],r['year']):F(r['population']) for r in rd('bns_population_region_2022_2025.csv')})
    put('net_migration',('t','p'),'rural','article-a',{(r['territory'],r['year']):F(r['net_migration_rural']) for r in rd('article_a_rural_net_migration_2013_2022.csv')})
    put('population_structure',('t','p','sex','area'),'persons','bns-workbook',{(r['territory'],r['year'],r['sex'],r['area']):F(r['population']) for r in rd('bns_population_region_sex_area_2000_2023.csv')})
    put('net_migration_monthly',('t','p'),'total','article-b',{(r['territory'],r['month']):F(r['net_migration']) for r in rd('article_b_net_migration_monthly_2023.csv')})
    for m in('births','deaths'):
        put('vital',('t','p'),m,'bns-final',{('KZ',r['year']):F(r[m]) for r in rd('bns_births_deaths_national_2000_2025.csv')})
        put('vital',('t','p'),m,'bns-final',{(r['territory'],r['year']):F(r[m]) for r in rd('bns_births_deaths_region_2013_2024.csv')})
    for m in('arrivals','departures'):
        put('internal_flows',('t','p'),m,'bns-final',{(r['territory'],r['year']):F(r[m]) for r in rd('bns_internal_flows_2022_2024.csv')})
        put('internal_flows_monthly',('t','p'),m,'bns-final',{(r['territory'],r['month']):F(r[m]) for r in rd('bns_internal_flows_monthly_2024.csv')})
    put('distances',('t','t2','p'),'kilometres','geonames',{(r['origin'],r['destination'],r['year']):F(r['kilometres']) for r in rd('distances.csv')})
    put('internal_od',('t','t2','p'),'migrants','bns-final',{(r['origin'],r['destination'],r['year']):F(r['migrants']) for r in rd('bns_internal_od_2024.csv')})
    for m,i in(('income','income_per_capita'),('grp','grp_per_capita'),('unemployment','unemployment_rate')):
        put('living_standards',('t','p'),m,'bns-final',{(r['territory'],r['period']):F(r['value']) for r in rd('bns_income_grp_unemployment_region_2022_2024.csv') if r['indicator']==i})
    put('migrant_share',('t','p'),'share','article-b',{(r['territory'],'2021'):F(r['migrant_share_percent']) for r in rd('article_b_migrant_share_2021.csv')})
    fig={}
    for a in 'ab':
        for r in csv.DictReader(open(os.path.join(ROOT,'data','raw',f'article-{a}','as-printed','figures_in_prose.csv'),encoding='utf-8')):
            v=F(r['value']); u=r['unit']
            if 'million' in u: v*=10**6
            elif 'billion' in u: v*=10**9
            elif 'thousand' in u: v*=1000
            fig[(r['figure'],)]=v
    put('article_figures',('c',),'value','article-x',fig)
    return T
TAB=tables()
# --- methods, each written here from its definition
getcontext().prec=60
MEMBERS={'change':['change_chain','change_base'],'growth':['index_base','index_chain','rate_chain','rate_base'],'rank':['rank','rank_low'],
 'extremes':['maximum','minimum','year_of_maximum','year_of_minimum'],'signs':['negative_years','positive_years','longest_negative_run'],
 'trend':['slope','r_squared','slope_p','fitted'],'extrapolation':['extrapolated'],'profile':['annual_total','month_of_maximum','month_of_minimum','amplitude','unevenness','positive_months','negative_months'],
 'mann_kendall':['mann_kendall_s','mann_kendall_tau','mann_kendall_p'],'sen_slope':['sen_slope','sen_slope_low','sen_slope_high'],
 'pettitt':['pettitt_k','pettitt_period','pettitt_p','pettitt_mean_before','pettitt_mean_after'],
 'multiple_testing':['holm','benjamini_hochberg','tests_counted','tests_surviving_holm','tests_surviving_bh','minimum_holm','minimum_bh'],
 'variation':['variation_range','variation_sd'],'quantiles':['quantile'],'webb_types':['webb_count'],
 'correlation':['correlation_n','spearman','spearman_p'],'urbanisation_tempo':['urban_rural_growth_difference'],
 'structural_shift':['ryabtsev','share_shift'],
 'composition_indices':['mean_rate_base','mean_rate_current','index_variable_composition','index_fixed_composition','index_structural_shift','change_of_mean','change_due_to_rates','change_due_to_structure'],
 'linked_index':['linked_index','linked_level'],
 'gravity':['gravity_coefficient','gravity_standard_error','gravity_r_squared','gravity_fitted'],
 'flow_indices':['flow_units','flow_arrivals','flow_net','flow_effectiveness','flow_intensity','flow_aggregate_net_rate','flow_connectivity','flow_gini_total']}
METHOD_OF={m:k for k,ms in MEMBERS.items() for m in ms}
def root(x): x=F(x); return F((Decimal(x.numerator)/Decimal(x.denominator)).sqrt())
def middle(v): v=sorted(v); n=len(v); return v[n//2] if n%2 else (v[n//2-1]+v[n//2])/2
def sgn(x): return (x>0)-(x<0)
@lru_cache(None)
def inversions(n):
    "How many orders of n have each number of inversions: Mahonian numbers."
    c=[1]
    for k in range(2,n+1):
        c=[sum(c[i-j] for j in range(k) if 0<=i-j<len(c)) for i in range(len(c)+k-1)]
    return c
def mann_kendall_p(x):
    n=len(x); S=sum(sgn(b-a) for i,a in enumerate(x) for b in x[i+1:])
    assert n<50 and len(set(x))==n, "equal values: see permutations.py"
    top=n*(n-1)//2
    return F(sum(c for i,c in enumerate(inversions(n)) if abs(top-2*i)>=abs(S)),math.factorial(n))
def ranks(x): return [F(2*sum(w<v for w in x)+sum(w==v for w in x)+1,2) for v in x]
@lru_cache(None)
def pettitt_exact(n,K):
    "Share of the orders whose statistic reaches K, found by walking over the sets of ranks seen so far."
    ways={0:1}
    for k in range(1,n+1):
        nxt={}
        for m,c in ways.items():
            for i in range(n):
                if not m>>i&1: nxt[m|1<<i]=nxt.get(m|1<<i,0)+c
        ways={m:c for m,c in nxt.items() if abs(2*sum(i+1 for i in range(n) if m>>i&1)-k*(n+1))<K}
    return 1-F(sum(ways.values()),math.factorial(n))
def student_two_sided(t,df):
    "Closed form for a whole number of degrees of freedom (Abramowitz and Stegun 26.7.3, 26.7.4)."
    a=math.atan(abs(t)/math.sqrt(df)); c,term,total=math.cos(a),1.0,0.0
    if df%2:
        for k in range(1,df-1,2): total+=term*math.cos(a)**k; term*=(k+1)/(k+2)
        return 1-2/math.pi*(a+math.sin(a)*total)
    for k in range(0,df-1,2): total+=term*math.cos(a)**k; term*=(k+1)/(k+2)
    return 1-math.sin(a)*total
STUDY=yaml.safe_load(open(os.path.join(ROOT,'study.yaml'),encoding='utf-8'))
class L(OD):
    "list keyed by tuple; dims = roles that vary"
    dims=()
class Keys(list): pass
class Bad(Exception): pass
def solve(A,B):
    "The columns of B divided by A, by elimination with the greatest pivots."
    n=len(A); rows=[A[i][:]+B[i][:] for i in range(n)]
    for c in range(n):
        top=max(range(c,n),key=lambda i:abs(rows[i][c])); rows[c],rows[top]=rows[top],rows[c]
        rows[c]=[x/rows[c][c] for x in rows[c]]
        for i in range(n):
            if i!=c: rows[i]=[x-rows[i][c]*y for x,y in zip(rows[i],rows[c])]
    return [row[n:] for row in rows]
def gravity(m,r,pop,dist):
    "Poisson's likelihood by Newton's steps in sixty digits, from logarithms as they are."
    dec=lambda x: Decimal(F(x).numerator)/Decimal(F(x).denominator)
    out=OD(); terms=('constant','origin','destination','distance')
    for p in sorted({key[2] for key in r}):
        keys=[key for key in r if key[2]==p and key[0]!=key[1]]; M=[dec(r[key]) for key in keys]
        X=[[Decimal(1)]+[dec(x).ln() for x in(pop[(i,p)],pop[(j,p)],dist[(i,j,p)])] for i,j,_ in keys]
        mean=[sum(x[c] for x in X)/len(X) if c else Decimal(0) for c in range(4)]; Z=[[x[c]-mean[c] for c in range(4)] for x in X]
        b=[(sum(M)/len(M)).ln()]+[Decimal(0)]*3; step=1
        fit=lambda b,Q: [sum(q*c for q,c in zip(x,b)).exp() for x in Q]
        while step>Decimal(10)**-40:
            mu=fit(b,Z); A=[[sum(z[c]*z[d]*u for z,u in zip(Z,mu)) for d in range(4)] for c in range(4)]
            by=[row[0] for row in solve(A,[[sum(z[c]*(y-u) for z,y,u in zip(Z,M,mu))] for c in range(4)])]
            step=max(abs(x) for x in by); short=2/step if step>2 else 1; b=[x+short*y for x,y in zip(b,by)]
        b=[b[0]-sum(mean[c]*b[c] for c in range(1,4))]+b[1:]; mu=fit(b,X)
        if m=='gravity_fitted': out.update({key:F(u) for key,u in zip(keys,mu)})
        elif m=='gravity_r_squared':
            mm,mu_=sum(M)/len(M),sum(mu)/len(mu); cov=sum((y-mm)*(u-mu_) for y,u in zip(M,mu))
            out[(p,)]=F(cov*cov/(sum((y-mm)**2 for y in M)*sum((u-mu_)**2 for u in mu)))
        elif m=='gravity_coefficient': out.update({(t,p):F(x) for t,x in zip(terms,b)})
        else:
            A=[[sum(x[c]*x[d]*u for x,u in zip(X,mu)) for d in range(4)] for c in range(4)]
            B=[[sum(x[c]*x[d]*(y-u)**2 for x,y,u in zip(X,M,mu)) for d in range(4)] for c in range(4)]
            left=solve(A,B); V=solve(A,[list(col) for col in zip(*left)])
            out.update({(t,p):F(V[c][c].sqrt()) for c,t in enumerate(terms)})
    return {'gravity_fitted':('t','t2','p'),'gravity_r_squared':('p',)}.get(m,('c','p')),out
def order(t): return (TERR.index(t) if t in TERR else 99)
class Ed:
    def __init__(s,name):
        s.name=name; s.e=STUDY['editions'][name]; s.cache={}; s.used={}
    def table(s,t,m):
        pref=s.e['vintages'][t]; out={}
        for v in reversed(pref):
            for vv,rows in TAB[t]['m'][m]:
                if vv==v or (t=='article_figures'): out.update(rows)
        return TAB[t]['dims'],out
    def terrs(s,items,have):
        out=[]
        for it in items:
            out+= s.expand_t(it,have)
        return out
    def expand_t(s,it,have):
        it=it.split('@')[0]
        h=[t for t in TERR if t in have]
        if it=='all': return h
        if it=='regions': return [t for t in h if t!='KZ']
        if it=='oblasts': return [t for t in h if KIND[t]=='region']
        if it=='cities': return [t for t in h if KIND[t]=='city']
        if it in STUDY['sets']: return [t for t in STUDY['sets'][it] if t in have]
        return [it]
    def series(s,n,member):
        k=(n,member)
        if k in s.cache: return s.cache[k]
        if n in TAB: 
            dims,r=s.table(n,member); 
        else:
            a=STUDY['analyses'][n]
            if member=='value': dims,r=s.base(n,a)
            else: dims,r=s.method(n,a,member)
        def sk(key): return tuple(order(x) if x in TERR else x for x in key)
        r=OD((k,r[k]) for k in sorted(r,key=lambda key:tuple((order(x),'') if x in TERR else (0,x) for x in key)))
        s.cache[k]=(dims,r); return dims,r
    def base(s,n,a):
        if 'expr' in a:
            v=s.ev(a['expr'],keep=True)
            return v.dims,dict(v)
        dims,r=s.table(a['table'],a['measure'])
        dims=list(dims)
        for d,val in a.get('where',{}).items():
            i=dims.index(d); r={k[:i]+k[i+1:]:v for k,v in r.items() if k[i]==val}; dims.pop(i)
        for d in a.get('sum_over',[]):
            i=dims.index('t' if d=='territory' else d); o={}
            for k,v in r.items(): kk=k[:i]+k[i+1:]; o[kk]=o.get(kk,0)+v
            r=o; dims.pop(i)
        if a.get('borders')=='merged-back':
            o={}
            for k,v in r.items(): kk=(PARENT.get(k[0],k[0]),)+k[1:]; o[kk]=o.get(kk,0)+v
            r=o
        if 'territories' in a:
            have={k[0] for k in r}; ts=set(s.terrs(a['territories'],have)); r={k:v for k,v in r.items() if k[0] in ts}
        per=dict(a.get('period',{})); per.update((s.e.get('periods') or {}).get(n,{}))
        if per:
            pi=dims.index('p'); r={k:v for k,v in r.items() if str(per.get('from','0'))<=k[pi]<=str(per.get('to','9'))}
        return tuple(dims),r
    def method(s,n,a,m):
        dims,r=s.series(n,'value')
        found=s.over_units(n,a,m,dims,r)
        if found is not None: return found
        if m in('rank','rank_low'):
            sg=1 if m=='rank' else -1
            return dims,{k:F(1+sum(1 for k2,w in r.items() if k2[1:]==k[1:] and k2[0]!='KZ' and sg*(w-v)>0)) for k,v in r.items() if k[0]!='KZ'}
        by={}
        for k,v in r.items(): by.setdefault(k[:-1],OD())[k[-1]]=v
        out={}
        for t,x in by.items():
            ps=list(x)
            if m in('change_chain','index_chain','rate_chain'):
                for p,q in zip(ps,ps[1:]):
                    if int(q)-int(p)==1: out[t+(q,)]={'change_chain':lambda:x[q]-x[p],'index_chain':lambda:x[q]/x[p]*100,'rate_chain':lambda:x[q]/x[p]*100-100}[m]()
            elif m in('change_base','index_base','rate_base'):
                for q in ps: out[t+(q,)]={'change_base':lambda:x[q]-x[ps[0]],'index_base':lambda:x[q]/x[ps[0]]*100,'rate_base':lambda:x[q]/x[ps[0]]*100-100}[m]()
            elif m in('linked_index','linked_level'):
                # What grew over a break cannot be told from how it was counted, and is left out.
                broken={str(b) for b in a.get('breaks') or []}; i=F(100); I={ps[0]:i}
                for p,q in zip(ps,ps[1:]):
                    i=i if q in broken else i*x[q]/x[p]; I[q]=i
                for q in ps: out[t+(q,)]=I[q] if m=='linked_index' else x[ps[-1]]*I[q]/i
            elif m=='mean_annual':
                for p,q in zip(ps,ps[1:]): out[t+(p,)]=(x[p]+x[q])/2
            elif m=='cumulative':
                c=0
                for p in ps: c+=x[p]; out[t+(p,)]=c
            elif m in('total','annual_total'): out[t]=sum(x.values())
            elif m=='average': out[t]=sum(x.values())/len(x)
            elif m=='maximum': out[t]=max(x.values())
            elif m=='minimum': out[t]=min(x.values())
            elif m in('year_of_maximum','month_of_maximum'): out[t]=max(ps,key=lambda p:x[p])
            elif m in('year_of_minimum','month_of_minimum'): out[t]=min(ps,key=lambda p:x[p])
            elif m=='amplitude': out[t]=max(x.values())-min(x.values())
            elif m=='negative_years': out[t]=F(sum(v<0 for v in x.values()))
            elif m=='positive_years': out[t]=F(sum(v>0 for v in x.values()))
            elif m=='longest_negative_run':
                b=c=0
                for v in x.values():
                    c=c+1 if v<0 else 0; b=max(b,c)
                out[t]=F(b)
            elif m in('slope','r_squared','slope_p','fitted','extrapolated'):
                N=len(ps)
                if N<3: continue
                xs=[int(p) for p in ps]; mx=F(sum(xs),N); my=sum(x.values())/N
                sxy=sum((i-mx)*(x[p]-my) for i,p in zip(xs,ps)); sxx=sum((i-mx)**2 for i in xs); syy=sum((v-my)**2 for v in x.values())
                b=sxy/sxx
                if m=='fitted':
                    for i,p in zip(xs,ps): out[t+(p,)]=my+b*(i-mx)
                elif m=='extrapolated':
                    ahead=int((a.get('settings') or {}).get('extrapolation',{}).get('horizon','3'))
                    for i in range(xs[-1]+1,xs[-1]+1+ahead): out[t+(str(i),)]=my+b*(i-mx)
                elif m=='slope_p':
                    left=syy-b*sxy; out[t]=student_two_sided(float(b/root(left/(N-2)/sxx)),N-2)
                else: out[t]= b if m=='slope' else sxy**2/(sxx*syy)
            elif m in('positive_months','negative_months'): out[t]=F(sum((v>0) if m=='positive_months' else (v<0) for v in x.values()))
            elif m=='unevenness':
                mean=sum(x.values())/len(x); out[t]=sum(abs(v-mean) for v in x.values())/(2*sum(abs(v) for v in x.values()))
            elif m in MEMBERS['mann_kendall']+MEMBERS['sen_slope']+MEMBERS['pettitt']: out[t]=s.test(m,ps,list(x.values()))
            elif m=='rank':
                pass
            else: raise Bad(m)
        if m=='rank':
            for (t,p),v in r.items():
                if t!='KZ': out[(t,p)]=F(1+sum(1 for (t2,p2),w in r.items() if p2==p and t2!='KZ' and w>v))
        one = out and len(next(iter(out)))==len(dims)
        return (dims if one else dims[:-1]),out
    def test(s,m,ps,x):
        "Trend and shift of one series."
        N=len(x); S=sum(sgn(b-a) for i,a in enumerate(x) for b in x[i+1:]); pairs=N*(N-1)//2
        if len(set(x))<N: raise Bad('ties')
        if m=='mann_kendall_s': return F(S)
        if m=='mann_kendall_tau': return F(S,pairs)
        if m=='mann_kendall_p': return mann_kendall_p(x)
        if m.startswith('sen'):
            sl=sorted((x[j]-x[i])/(int(ps[j])-int(ps[i])) for i in range(N) for j in range(i+1,N))
            if m=='sen_slope': return middle(sl)
            half=1.959963984540054*math.sqrt(N*(N-1)*(2*N+5)/18)
            return sl[int((pairs-half)/2+.5)-1] if m=='sen_slope_low' else sl[int((pairs+half)/2+.5)]
        rk=ranks(x); U=[2*sum(rk[:k])-k*(N+1) for k in range(1,N)]; K=max(abs(u) for u in U); k=[abs(u) for u in U].index(K)+1
        if m=='pettitt_k': return K
        if m=='pettitt_period': return ps[k-1]
        if m=='pettitt_mean_before': return sum(x[:k])/k
        if m=='pettitt_mean_after': return sum(x[k:])/(N-k)
        return pettitt_exact(N,int(K)) if N<=13 else min(1.0,2*math.exp(-6*K**2/(N**3+N**2)))
    def bound(s,a,method,role):
        p=a['bind'][method][role]; n,m=(p.split('.')+['value'])[:2]; return s.series(n,m)[1]
    def over_units(s,n,a,m,dims,r):
        "Methods that compare territories, groups or flows within each of the other keys; the country is left out."
        k=METHOD_OF.get(m,m)
        if k not in a.get('methods',[]): return None
        setting=(a.get('settings') or {}).get(k,{})
        if k=='urbanisation_tempo':
            rural=s.bound(a,k,'rural'); out=OD(); by={}
            for key in r: by.setdefault(key[0],[]).append(key[1])
            for t,ps in by.items():
                for p,q in zip(ps,ps[1:]): out[(t,q)]=100*math.log(float(r[(t,q)]*rural[(t,p)]/(r[(t,p)]*rural[(t,q)])))/(int(q)-int(p))
            return dims,out
        if k=='gravity': return gravity(m,r,s.bound(a,k,'population'),s.bound(a,k,'distance'))
        if k not in('multiple_testing','variation','quantiles','webb_types','correlation','structural_shift','composition_indices','flow_indices'): return None
        flows=k=='flow_indices'; at=[i for i,d in enumerate(dims) if d in('t','t2')] if flows else [next(i for i,d in enumerate(dims) if d=='t') if 't' in dims else next(i for i,d in enumerate(dims) if d not in('t','p','t2'))]
        by={}
        for key,v in r.items():
            if any(key[i]=='KZ' for i in at): continue
            rest=tuple(x for i,x in enumerate(key) if i not in at)
            by.setdefault(rest,OD())[tuple(key[i] for i in at) if flows else key[at[0]]]=v
        rd=tuple(d for i,d in enumerate(dims) if i not in at)
        def put(rest,unit):
            key=list(rest); key.insert(at[0],unit); return tuple(key)
        out=OD()
        for rest,x in by.items():
            u=list(x); v=list(x.values()); M=len(v)
            if k=='multiple_testing':
                o=sorted(range(M),key=lambda i:v[i]); h={};b={}; c=F(0)
                for j,i in enumerate(o): c=max(c,min(F(1),(M-j)*v[i])); h[i]=c
                c=F(1)
                for j in range(M-1,-1,-1): c=min(c,F(M,j+1)*v[o[j]]); b[o[j]]=c
                if m in('holm','benjamini_hochberg'):
                    for i in range(M): out[put(rest,u[i])]=(h if m=='holm' else b)[i]
                else: out[rest]={'tests_counted':F(M),'tests_surviving_holm':F(sum(y<=F(1,20) for y in h.values())),'tests_surviving_bh':F(sum(y<=F(1,20) for y in b.values())),'minimum_holm':min(h.values()),'minimum_bh':min(b.values())}[m]
            elif m=='variation_range': out[rest]=max(v)-min(v)
            elif m=='variation_sd': mean=sum(v)/M; out[rest]=root(sum((y-mean)**2 for y in v)/M)
            elif m=='quantile':
                w=sorted(v); h=(M-1)*F(setting.get('p','0.5')); j=int(h); out[rest]=w[j]+((h-j)*(w[j+1]-w[j]) if h!=j else 0)
            elif k=='webb_types':
                mig=s.bound(a,k,'migration'); types=dict.fromkeys('ABCDEFGH',0)
                for t in u:
                    N,Z=x[t],mig[put(rest,t)]
                    if N==0 or Z==0 or abs(N)==abs(Z): continue
                    big=abs(N)>abs(Z)
                    types[('B' if big else 'C') if N>0 and Z>0 else ('F' if big else 'G') if N<0 and Z<0 else ('A' if big else 'H') if N>0 else ('E' if big else 'D')]+=1
                for y,c in types.items(): out[put(rest,y)]=F(c)
            elif k=='correlation':
                other=s.bound(a,k,'y'); us=[t for t in u if put(rest,t) in other]; P,Q=ranks([x[t] for t in us]),ranks([other[put(rest,t)] for t in us]); M=len(us)
                mp,mq=sum(P)/M,sum(Q)/M; rho=sum((i-mp)*(j-mq) for i,j in zip(P,Q))/root(sum((i-mp)**2 for i in P)*sum((j-mq)**2 for j in Q))
                if m=='spearman_p' and M<10: raise Bad('exact p of Spearman')
                out[rest]=F(M) if m=='correlation_n' else rho if m=='spearman' else student_two_sided(float(rho)*math.sqrt((M-2)/float(1-rho**2)),M-2)
            elif flows:
                pop=s.bound(a,k,'population'); x={key:y for key,y in x.items() if key[0]!=key[1]}; T=sorted({t for key in x for t in key},key=order); tot=sum(x.values())
                D={t:sum(y for key,y in x.items() if key[1]==t) for t in T}; O={t:sum(y for key,y in x.items() if key[0]==t) for t in T}
                P=sum(pop[(t,)+rest] for t in T); gross=sum(abs(D[t]-O[t]) for t in T); pairs=[x.get((i,j),F(0)) for i in T for j in T if i!=j]; n=len(pairs)
                if m in('flow_arrivals','flow_net'):
                    for t in T: out[put(rest,t)]=D[t]-(O[t] if m=='flow_net' else 0)
                else:
                    w=sorted(pairs); gini=sum((2*i-n+1)*y for i,y in enumerate(w))/(n*tot)
                    out[rest]={'flow_units':F(len(T)),'flow_effectiveness':100*gross/(2*tot),'flow_intensity':100*tot/P,'flow_aggregate_net_rate':50*gross/P,'flow_connectivity':F(sum(y>0 for y in pairs),n),'flow_gini_total':gini}[m]
        if k in('structural_shift','composition_indices'):
            pi=rd.index('p'); ps=sorted({rest[pi] for rest in by}); q=s.bound(a,k,'weight') if k=='composition_indices' else None
            for i,p in enumerate(ps[1:]):
                base=ps[0] if setting.get('base')=='first' else ps[i]; x0,x1=by[(base,)],by[(p,)]
                if k=='structural_shift':
                    d0={t:y/sum(x0.values()) for t,y in x0.items()}; d1={t:y/sum(x1.values()) for t,y in x1.items()}
                    if m=='ryabtsev': out[(p,)]=root(sum((d1[t]-d0[t])**2 for t in d0)/sum((d1[t]+d0[t])**2 for t in d0))
                    else:
                        for t in d0: out[put((p,),t)]=100*(d1[t]-d0[t])
                else:
                    q0={t:q[put((base,),t)] for t in x0}; q1={t:q[put((p,),t)] for t in x1}
                    m0=sum(x0[t]*q0[t] for t in x0)/sum(q0.values()); m1=sum(x1[t]*q1[t] for t in x1)/sum(q1.values()); mid=sum(x0[t]*q1[t] for t in x1)/sum(q1.values())
                    out[(p,)]={'mean_rate_base':m0,'mean_rate_current':m1,'index_variable_composition':m1/m0,'index_fixed_composition':m1/mid,'index_structural_shift':mid/m0,'change_of_mean':m1-m0,'change_due_to_rates':m1-mid,'change_due_to_structure':mid-m0}[m]
        whole=out and len(next(iter(out)))==len(rd)
        if m=='webb_count': return ('c',)+rd,out
        if flows and not whole: return ('t',)+rd,out
        return (rd if whole else dims),out
    # --- parser
    def ev(s,e,keep=False):
        s.used[e]=1
        toks=re.findall(r'\s*(\d+\.\d+|\d{4}-\d{2}|\d{4}-Q\d|\d+|KZ(?:-\d\d)?(?:@\d{4})?|[A-Za-z_][A-Za-z0-9_]*|\.\.|[-+*/()\[\],.|]|==|!=|<=|>=|<|>)',e)
        if ''.join(toks).replace(' ','')!=re.sub(r'\s','',e): raise Bad('lex '+e)
        s.t=toks+['$']; s.i=0; s.keep=keep
        saved=None
        v=s.or_()
        if s.t[s.i]!='$': raise Bad('rest %s in %s'%(s.t[s.i:],e))
        return v
    def pk(s): return s.t[s.i]
    def nx(s): s.i+=1; return s.t[s.i-1]
    def or_(s):
        v=s.and_()
        while s.pk()=='or': s.nx(); w=s.and_(); v=s.zip_(v,w,lambda a,b:a or b)
        return v
    def and_(s):
        v=s.not_()
        while s.pk()=='and': s.nx(); w=s.not_(); v=s.zip_(v,w,lambda a,b:a and b)
        return v
    def not_(s):
        if s.pk()=='not': s.nx(); return not s.not_()
        v=s.add()
        if s.pk() in('==','!=','<','<=','>','>='):
            o=s.nx(); w=s.add()
            f={'==':lambda a,b:a==b,'!=':lambda a,b:a!=b,'<':lambda a,b:a<b,'<=':lambda a,b:a<=b,'>':lambda a,b:a>b,'>=':lambda a,b:a>=b}[o]
            return s.zip_(v,w,f)
        return v
    def zip_(s,v,w,f):
        if isinstance(v,L) and isinstance(w,L):
            if list(v)!=list(w): raise Bad('keys differ: %s | %s'%(list(v)[:3]+list(v)[-2:],list(w)[:3]+list(w)[-2:]))
            o=L((k,f(v[k],w[k])) for k in v); o.dims=v.dims; return o
        if isinstance(v,L): o=L((k,f(x,w)) for k,x in v.items()); o.dims=v.dims; return o
        if isinstance(w,L): o=L((k,f(v,x)) for k,x in w.items()); o.dims=w.dims; return o
        if isinstance(v,str)!=isinstance(w,str): raise Bad('key against number')
        return f(v,w)
    def add(s):
        v=s.mul()
        while s.pk() in '+-': o=s.nx(); w=s.mul(); v=s.zip_(v,w,(lambda a,b:a+b) if o=='+' else (lambda a,b:a-b))
        return v
    def mul(s):
        v=s.un()
        while s.pk() in '*/': o=s.nx(); w=s.un(); v=s.zip_(v,w,(lambda a,b:a*b) if o=='*' else (lambda a,b:a/b))
        return v
    def un(s):
        if s.pk()=='-': s.nx(); v=s.un(); return s.zip_(v,F(-1),lambda a,b:a*b)
        return s.prim()
    def prim(s):
        t=s.nx()
        if t=='(':
            v=s.or_(); assert s.nx()==')'; return v
        if t.startswith('KZ') or re.match(r'\d{4}-',t): return t
        if re.match(r'\d',t): return F(t)
        if s.pk()=='(':
            s.nx(); a=[s.or_()]
            while s.pk()==',': s.nx(); a.append(s.or_())
            assert s.nx()==')'; return s.fn(t,a)
        m='value'
        if s.pk()=='.': s.nx(); m=s.nx()
        elif t in STUDY['findings']: 
            st=(s.t,s.i,s.keep); v=s.ev(STUDY['findings'][t]); s.t,s.i,s.keep=st; return v
        sel=[]
        if s.pk()=='[':
            s.nx(); cur=[]
            while True:
                x=s.nx()
                if x==']': sel.append(cur); break
                if x==',': sel.append(cur); cur=[]
                else: cur.append(x)
        st=(s.t,s.i,s.keep); r=s.path(t,m,sel); s.t,s.i,s.keep=st
        return r
    def path(s,n,m,sel):
        keep=s.keep
        if n not in TAB and n not in STUDY['analyses']: raise Bad('unknown name '+n)
        if n in STUDY['analyses'] and m!='value':
            need=METHOD_OF.get(m,m)
            if need not in STUDY['analyses'][n].get('methods',[]): raise Bad(f'{n} has no method {need}')
        dims,r=s.series(n,m)
        ok=[];single=[]
        for i,d in enumerate(dims):
            have=list(OD.fromkeys(k[i] for k in r))
            it=sel[i] if i<len(sel) else ['all']
            single.append(len(it)==1 and (it[0] not in('all','regions','oblasts','cities') and it[0] not in STUDY['sets'] and not(d=='p' and len(it[0])==4 and len(have[0])==7)))
            if it==['all']: ok.append(have); continue
            if d in('t','t2'):
                o=[]
                for x in it:
                    if x!='|': o+=s.expand_t(x,have)
                ok.append([h for h in (sorted(o,key=order)) if h in have])
                if not ok[-1]: raise Bad('no key %s in %s'%(it,n))
            elif d=='p':
                hv=sorted(have)
                def b(x): return hv[0] if x=='first' else hv[-1] if x=='last' else x
                if len(it)==3 and it[1]=='..':
                    lo,hi=b(it[0]),b(it[2]); ok.append([h for h in hv if lo<=h<=hi]); 
                    if it[2] not in('last',) and hi not in hv: raise Bad('range end %s not in %s'%(hi,n))
                elif '|' in it: ok.append([h for h in hv if h in it])
                else:
                    x=b(it[0]); o=[h for h in hv if h==x or h[:4]==x]
                    if not o: raise Bad('no period %s in %s'%(x,n))
                    ok.append(o)
            else:
                for x in it:
                    if x!='|' and x not in have: raise Bad('no figure '+x)
                ok.append([x for x in it if x!='|'])
        sets=[set(o) for o in ok]
        hits=[(k,v) for k,v in r.items() if all(k[i] in sets[i] for i in range(len(dims)))]
        if not keep and all(single):
            if len(hits)!=1: raise Bad(f'missing {n}.{m}{sel}')
            return hits[0][1]
        vary=[i for i in range(len(dims)) if not single[i] ]
        if keep and not any(sel): vary=list(range(len(dims)))
        o=L((tuple(k[i] for i in vary),v) for k,v in hits); o.dims=tuple(dims[i] for i in vary); return o
    def fn(s,f,a):
        x=a[0]
        vals=list(x.values()) if isinstance(x,L) else None
        def key(k): return k[0] if len(k)==1 else k
        if f=='sum': return sum(vals,F(0))
        if f=='mean': return sum(vals)/len(vals)
        if f=='median':
            v=sorted(vals); n=len(v); return v[n//2] if n%2 else (v[n//2-1]+v[n//2])/2
        if f=='min': return min(vals)
        if f=='max': return max(vals)
        if f=='count': return F(sum(vals)) if vals and isinstance(vals[0],bool) else F(len(vals))
        if f=='abs': return s.zip_(x,F(0),lambda p,q:abs(p))
        if f=='share': return s.zip_(a[0],a[1],lambda p,q:p/q*100)
        if f=='growth': return s.zip_(a[0],a[1],lambda p,q:(q/p-1)*100)
        if f=='index': return s.zip_(a[0],a[1],lambda p,q:p/q*100)
        if f=='ratio': return s.zip_(a[0],a[1],lambda p,q:p/q)
        if f=='per_mille': return s.zip_(a[0],a[1],lambda p,q:p/q*1000)
        if f=='points': return s.zip_(a[0],a[1],lambda p,q:p-q)
        if f=='all': return all(vals)
        if f=='any': return any(vals)
        if f in('first','last'):
            ks=[k for k,v in x.items() if v] if isinstance(vals[0],bool) else list(x)
            if not ks: raise Bad('no key')
            return key(ks[0 if f=='first' else -1])
        if f=='keys': return Keys(key(k) for k,v in x.items() if not isinstance(v,bool) or v)
        if f=='argmax': return key(max(x,key=lambda k:x[k]))
        if f=='argmin': return key(min(x,key=lambda k:x[k]))
        if f in('top','bottom'):
            ks=sorted(x,key=lambda k:x[k],reverse=f=='top')[:int(a[1])]; o=L((k,x[k]) for k in ks); o.dims=x.dims; return o
        if f=='rank': return F(1+sum(v>x[(a[1],)] for v in vals))
        if f=='rank_low': return F(1+sum(v<x[(a[1],)] for v in vals))
        if f=='positive': o=L((k,v) for k,v in x.items() if v>0); o.dims=x.dims; return o
        if f=='negative': o=L((k,v) for k,v in x.items() if v<0); o.dims=x.dims; return o
        if f=='length': return F(len(x))
        if f=='at': return x[(a[1],)]
        raise Bad('fn '+f)

def fmt(v):
    if isinstance(v,bool): return v
    if isinstance(v,float): v=F(v)
    if isinstance(v,F):
        if v.denominator==1: return str(v.numerator)
        q=abs(v)*10**12; n=int(q+F(1,2)); s=str(n).rjust(13,'0'); return ('-' if v<0 else '')+s[:-12]+'.'+s[-12:]
    if isinstance(v,Keys): return list(v)
    if isinstance(v,L): return {'|'.join(k):fmt(x) for k,x in v.items()}
    return v
out={}
# An edition that chooses its pages is asked what these ask; what only such pages ask, no other edition is.
def own(path): return os.path.basename(path)[:-3]
chosen={ed:set(d['pages']) for ed,d in STUDY['editions'].items() if d.get('pages')}
later=set().union(*chosen.values())-set(STUDY['pages'])
ASK=r'(?:q|holds)\("((?:[^"])*)"\)'
PLACE=r'(?:figure|table)\("([a-z0-9_]+)"\)'
pages_md=sorted(glob.glob(os.path.join(ROOT,'templates','*','*.md')))
def found(pattern,pages): return {e for f in pages_md if own(f) in pages for e in re.findall(pattern,open(f).read())}
rest={own(f) for f in pages_md}-later
texts=''.join(open(f).read() for f in pages_md if own(f) not in later)+''.join(open(f).read() for f in sorted(glob.glob(os.path.join(ROOT,'templates','*','exhibits.yaml'))))
ex=sorted(set(re.findall(ASK,texts)))
for k in STUDY['findings']: ex.append(k)
S=STUDY
def asked(cell): return cell['of'] if isinstance(cell,dict) else cell
def shown(d):
    if 'of' in d: return [d['of']]
    if 'series' in d: return list(d['series'].values())
    if isinstance(d['rows'],dict): return [asked(cell) for row in d['rows'].values() for cell in row.values()]
    return [asked(column) for column in d['columns'].values()]
exhibits={**S['figures'],**S['tables']}
away=found(PLACE,later)-found(PLACE,rest)
for name in exhibits:
    if name not in away: ex+=shown(exhibits[name])
def of_edition(ed):
    if ed not in chosen: return ex
    placed=[e for name in sorted(found(PLACE,chosen[ed])) for e in shown(exhibits[name])]
    return list(OD.fromkeys(sorted(found(ASK,chosen[ed]))+placed))
ex=list(OD.fromkeys(ex))
INTERVAL=r'extrapolated_(low|high)'
by_name=[k for k,v in STUDY['findings'].items() if re.search(INTERVAL,v)]
left_out=[e for e in ex if re.search('|'.join([INTERVAL]+[rf'\b{k}\b' for k in by_name]),e)]
ex=[e for e in ex if e not in left_out]
errs=[]
for ed in STUDY['editions']:
    E=Ed(ed); o={}
    for e in of_edition(ed):
        if e in left_out: continue
        try: o[e]=fmt(E.ev(e))
        except Exception as x: errs.append((ed,e,repr(x)))
    out[ed]=o
to=sys.argv[1] if len(sys.argv)>1 else os.path.join(HERE,'expected.json')
json.dump(out,open(to,'w',encoding='utf-8'),ensure_ascii=False,indent=1,sort_keys=True)
print(*(f'{ed}: {len(o)}' for ed,o in out.items()),f'left out: {len(left_out)}'); print(*errs,sep='\n')
sys.exit(1 if errs else 0)
